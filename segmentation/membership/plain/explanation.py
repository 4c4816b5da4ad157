"""Why somebody is in a segment or not."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from segmentation.membership.explain import Explanation, LeafExplanation

LEAF_KEYS = ("path", "sentence", "truth", "asked", "value", "limit", "evidence")


def plain_explanation(found: Explanation) -> dict[str, Any]:
    """The answer, and each condition with its place in the definition."""
    return {"member": found.member, "since": found.since, "leaves": list(map(_leaf, found.leaves))}


def _leaf(leaf: LeafExplanation) -> dict[str, Any]:
    data = asdict(leaf)
    return {key: data[key] for key in LEAF_KEYS}
