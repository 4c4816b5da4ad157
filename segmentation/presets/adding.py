"""Presets become segments of the shop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.engine.shop import Shop, active_shop
from segmentation.errors import RuleError, SegmentError
from segmentation.membership import define
from segmentation.models import Segment
from segmentation.presets.catalogue import PRESETS, lacks, preset_called
from segmentation.presets.preset import Preset


@dataclass(frozen=True, slots=True)
class Added:
    """What became of presets: the segments that were made, the slugs that were there, and why others were left out."""

    made: tuple[Segment, ...]
    present: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)


def add(
    preset: Preset,
    *,
    values: Mapping[str, str] | None = None,
    state: str = Segment.State.LIVE,
    by: Any = None,
    now: datetime,
) -> Segment:
    """Make a segment of a preset; it is filled by its first refresh.

    Raises SegmentError for values that do not fit or a slug that is taken, RuleError where the shop lacks what it asks.
    """
    description = f"{preset.purpose} {preset.action}"
    slug, name, text = preset.slug_for(values), preset.name_for(values), preset.text(values)
    return define(slug, text, name=name, description=description, state=state, by=by, now=now)


def add_named(
    slugs: Iterable[str], *, values: Mapping[str, str], state: str = Segment.State.LIVE, by: Any = None, now: datetime
) -> Added:
    """Make segments of these presets, all or none; what is there is the owner's and stays as it is.

    A value goes to each of them that has the parameter. Raises SegmentError for an unknown preset or parameter, for a value
    that is missing or does not fit, and where the shop lacks what one asks.
    """
    presets = [preset_called(slug) for slug in dict.fromkeys(slugs)]
    _demand_known(presets, values)
    return _add(presets, values, state, by, now)


def add_all(*, values: Mapping[str, str], state: str = Segment.State.LIVE, by: Any = None, now: datetime) -> Added:
    """Make segments of all presets but those that the shop cannot have and those that want a value and have none.

    Raises SegmentError for an unknown parameter and for a value that does not fit.
    """
    _demand_known(PRESETS.values(), values)
    shop = active_shop()
    left_out = {slug: reason for slug, preset in PRESETS.items() if (reason := _unfit(preset, shop, values))}
    added = _add([preset for slug, preset in PRESETS.items() if slug not in left_out], values, state, by, now)
    return Added(added.made, added.present, left_out)


def _unfit(preset: Preset, shop: Shop, values: Mapping[str, str]) -> str:
    unset = preset.unset(values)
    return _("%(names)s must be set") % {"names": ", ".join(unset)} if unset else lacks(preset, shop)


def _demand_known(presets: Iterable[Preset], values: Mapping[str, str]) -> None:
    unknown = sorted(values.keys() - {parameter.name for preset in presets for parameter in preset.parameters})
    if unknown:
        raise SegmentError(_("none of these presets has a parameter %(names)s") % {"names": ", ".join(unknown)})


def _add(presets: Iterable[Preset], values: Mapping[str, str], state: str, by: Any, now: datetime) -> Added:
    made: list[Segment] = []
    present: list[str] = []
    with transaction.atomic():
        taken = set(Segment.objects.filter(shop=conf.shop).values_list("slug", flat=True))
        for preset in presets:
            own = {parameter.name: values[parameter.name] for parameter in preset.parameters if parameter.name in values}
            slug = preset.slug_for(own)
            if slug in taken:
                present.append(slug)
                continue
            try:
                made.append(add(preset, values=own, state=state, by=by, now=now))
            except RuleError as error:
                raise SegmentError(_("%(slug)s cannot be asked: %(problem)s") % {"slug": slug, "problem": error}) from error
    return Added(tuple(made), tuple(present))
