"""Ready-made segments as plain data: the JSON of commands and of REST."""

from __future__ import annotations

from typing import Any

from segmentation.engine.shop import Shop
from segmentation.models import Segment
from segmentation.presets.adding import Added
from segmentation.presets.catalogue import FAMILIES, lacks
from segmentation.presets.preset import Parameter, Preset


def plain_presets(shop: Shop) -> list[dict[str, Any]]:
    """All there are, whether the shop can have them, and whether it has; one query."""
    taken = set(Segment.objects.filter(shop=shop.name).values_list("slug", flat=True))
    return [_preset(name, preset, shop, taken) for name, family in FAMILIES.items() for preset in family.presets]


def plain_added(added: Added) -> dict[str, Any]:
    """What became of presets."""
    return {
        "added": [{"slug": segment.slug, "name": segment.name, "state": segment.state} for segment in added.made],
        "present": list(added.present),
        "left_out": dict(added.left_out),
    }


def _preset(family: str, preset: Preset, shop: Shop, taken: set[str]) -> dict[str, Any]:
    return {
        "slug": preset.slug,
        "name": str(preset.name) % {parameter.name: parameter.default or "…" for parameter in preset.parameters},
        "family": family,
        "purpose": str(preset.purpose),
        "action": str(preset.action),
        "rule": preset.template,
        "parameters": [_parameter(parameter) for parameter in preset.parameters],
        "lacks": lacks(preset, shop),
        "present": preset.slug in taken,
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {"name": parameter.name, "default": parameter.default, "label": str(parameter.label)}
