"""Form fields for what targets keep as lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.recommend.strategies.registry import STRATEGIES
from personalization.visitor.countries import COUNTRIES, country_name

Choices = list[tuple[Any, Any]]


class CheckboxList(forms.TypedMultipleChoiceField):
    """Several of a few."""

    def __init__(self, label: Any, choices: Callable[[], Choices], coerce: Callable[[Any], Any] = str, **kwargs: Any) -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "regulars-boxes"})
        super().__init__(label=label, choices=choices, coerce=coerce, required=False, widget=widget, **kwargs)


class WordList(forms.CharField):
    """Words with commas or spaces between them, kept as a list."""

    widget = AdminTextInputWidget

    def __init__(self, pattern: str, wrong: Any, *, is_upper: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.pattern, self.wrong, self.is_upper = re.compile(pattern), wrong, is_upper

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """A list, each once."""
        text = str(self.prepare_value(value) or "")
        words = re.split(r"[\s,;]+", text.upper() if self.is_upper else text)
        return [word for word in dict.fromkeys(words) if word]

    def validate(self, value: Any) -> None:
        """Each has the shape."""
        odd = [word for word in value if not self.pattern.fullmatch(word)]
        if odd:
            raise forms.ValidationError(self.wrong, params={"words": ", ".join(odd)})

    def run_validators(self, value: Any) -> None:
        """Those of texts do not fit lists."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """As lists."""
        return bool(self.to_python(initial) != self.to_python(data))


def countries() -> Choices:
    """By name, in the owner's language."""
    language = get_language() or conf.base_language
    return sorted(((code, country_name(code, language)) for code in COUNTRIES), key=lambda pair: pair[1])


def named(names: Any) -> Callable[[], Choices]:
    """Of a table of names."""
    return lambda: list(names.items())


def strategies() -> Choices:
    """Those that products may be recommended by, or none."""
    return [("", "---------"), *((slug, strategy.name) for slug, strategy in STRATEGIES.items())]


def languages() -> Choices:
    """Those of the site."""
    return [(code, _(name)) for code, name in conf.spoken.items()]
