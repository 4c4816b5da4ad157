"""A segment, at a glance and whole."""

from __future__ import annotations

from typing import Any

from segmentation.facts import Catalogue
from segmentation.facts.sentences import sentence
from segmentation.membership.plain.version import read_rule
from segmentation.membership.references import used_by
from segmentation.membership.status import share_of
from segmentation.models import Segment
from segmentation.rules import format_rule


def listed_segment(segment: Segment, people: int) -> dict[str, Any]:
    """One of a list; `people` are those of the shop, of whom the share is one."""
    return {
        "slug": segment.slug,
        "name": segment.name,
        "state": segment.state,
        "size": segment.size,
        "share": share_of(segment.size, people),
        "refreshed_at": segment.refreshed_at,
        "is_published": segment.is_published,
    }


def shown_segment(segment: Segment, people: int, catalogue: Catalogue | None) -> dict[str, Any]:
    """Its rule in every spelling, the sentence in the active language, and what uses it.

    A definition that this release cannot read has neither sentence nor text; without a catalogue, where the shop cannot be had,
    there is no sentence.
    """
    rule = read_rule(segment.definition)
    return {
        "slug": segment.slug,
        "name": segment.name,
        "description": segment.description,
        "state": segment.state,
        "is_published": segment.is_published,
        "version": segment.version,
        "sentence": sentence(rule, catalogue) if rule and catalogue else None,
        "text": format_rule(rule) if rule else None,
        "definition": segment.definition,
        "size": segment.size,
        "share": share_of(segment.size, people),
        "refreshed_at": segment.refreshed_at,
        "problem": segment.problem,
        "used_by": used_by(segment),
    }
