"""A ready-made segment: a rule with a few numbers left to the owner, and a word on what it is good for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

from segmentation.errors import SegmentError
from segmentation.rules.values import is_clean, read_number

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that the owner may set. `default` is as the rule writes it; None must be set. A text is put in quotes."""

    name: str
    default: str | None
    label: Text
    is_text: bool = False


class _Filled(NamedTuple):
    """The value of a parameter, and how the rule writes it."""

    value: str
    spelled: str


@dataclass(frozen=True, slots=True)
class Preset:
    """`template` is a rule's text with a parameter in braces wherever its value goes; so are slug and name.

    `purpose` says what the segment is for, `action` what to do with it.
    """

    slug: str
    name: Text
    template: str
    purpose: Text
    action: Text
    parameters: tuple[Parameter, ...] = ()

    def text(self, values: Mapping[str, str] | None = None) -> str:
        """The rule with these values, and the defaults of the others.

        Raises SegmentError for a parameter that it has not, that must be set, or whose value does not fit.
        """
        return self.template.format(**{name: found.spelled for name, found in self._filled(values).items()})

    def slug_for(self, values: Mapping[str, str] | None = None) -> str:
        """The slug of the segment, with the value of a parameter where it has one in braces."""
        return self.slug.format(**{name: slugify(found.value) for name, found in self._filled(values).items()})

    def name_for(self, values: Mapping[str, str] | None = None) -> str:
        """The name of the segment, in the active language."""
        return str(self.name) % {name: found.value for name, found in self._filled(values).items()}

    def unset(self, values: Mapping[str, str] | None = None) -> list[str]:
        """Names of the parameters that must be set and are not."""
        given = values or {}
        return [parameter.name for parameter in self.parameters if parameter.default is None and parameter.name not in given]

    def _filled(self, values: Mapping[str, str] | None) -> dict[str, _Filled]:
        given = values or {}
        unknown = sorted(given.keys() - {parameter.name for parameter in self.parameters})
        if unknown:
            raise SegmentError(_("%(preset)s has no parameter %(names)s") % {"preset": self.slug, "names": ", ".join(unknown)})
        unset = self.unset(given)
        if unset:
            raise SegmentError(_("%(preset)s needs a value for %(names)s") % {"preset": self.slug, "names": ", ".join(unset)})
        filled = [(parameter, given.get(parameter.name, parameter.default or "")) for parameter in self.parameters]
        return {parameter.name: _Filled(value, self._spelled(parameter, value)) for parameter, value in filled}

    def _spelled(self, parameter: Parameter, value: str) -> str:
        said = {"preset": self.slug, "value": value, "name": parameter.name}
        if parameter.is_text:
            if value.strip() and is_clean(value):
                return json.dumps(value, ensure_ascii=False)
            raise SegmentError(_("%(preset)s: “%(value)s” is no text for %(name)s") % said)
        if read_number(value) is None:
            raise SegmentError(_("%(preset)s: “%(value)s” is no number for %(name)s") % said)
        return value


@dataclass(frozen=True, slots=True)
class PresetFamily:
    """Presets that ask about the same side of a customer."""

    label: Text
    presets: tuple[Preset, ...]
