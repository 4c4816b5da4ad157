"""All ready-made segments, and which of them a shop can have."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from segmentation.engine.bind import bind
from segmentation.engine.shop import Shop
from segmentation.errors import RuleError, SegmentError
from segmentation.presets import activity, bargains, baskets, loyalty, people, recency, value
from segmentation.presets.preset import Preset, PresetFamily
from segmentation.rules import parse

FAMILIES: Mapping[str, PresetFamily] = {
    "recency": PresetFamily(_("How long ago somebody bought"), recency.PRESETS),
    "loyalty": PresetFamily(_("How often somebody bought"), loyalty.PRESETS),
    "value": PresetFamily(_("How much somebody spends"), value.PRESETS),
    "bargains": PresetFamily(_("Coupons, reductions and returns"), bargains.PRESETS),
    "baskets": PresetFamily(_("Carts and wishlists"), baskets.PRESETS),
    "activity": PresetFamily(_("What somebody does on the storefront"), activity.PRESETS),
    "people": PresetFamily(_("Who somebody is"), people.PRESETS),
}
"""A family a file."""

PRESETS: Mapping[str, Preset] = {preset.slug: preset for family in FAMILIES.values() for preset in family.presets}


def preset_called(slug: str) -> Preset:
    """The preset of that slug. Raises SegmentError if there is none."""
    if slug not in PRESETS:
        raise SegmentError(gettext("there is no preset called %(slug)s") % {"slug": slug})
    return PRESETS[slug]


def lacks(preset: Preset, shop: Shop) -> str:
    """Why the shop cannot have it ("" where it can): what its source does not map."""
    rule = parse(preset.text(dict.fromkeys(preset.unset(), "x")))
    try:
        bind({"": rule}, shop.catalogue, shop.calendar)
    except RuleError as error:
        return "; ".join(dict.fromkeys(problem.message for problem in error.problems))
    return ""
