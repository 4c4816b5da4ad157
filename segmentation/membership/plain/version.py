"""A definition that a segment had."""

from __future__ import annotations

from typing import Any

from segmentation.errors import RuleError
from segmentation.models import SegmentVersion
from segmentation.rules import Rule, format_rule, load


def plain_version(version: SegmentVersion) -> dict[str, Any]:
    """Its number, when it was made, and the rule as text: None where this release cannot read it."""
    rule = read_rule(version.definition)
    return {"number": version.number, "created_at": version.created_at, "text": format_rule(rule) if rule else None}


def read_rule(definition: object) -> Rule | None:
    """The rule of a stored definition; None where this release cannot read it."""
    try:
        return load(definition)
    except RuleError:
        return None
