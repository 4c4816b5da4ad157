"""What is sent of a segment: everything that is wrong with it is told at once, its rule included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from segmentation.errors import RuleError
from segmentation.membership.define import sound
from segmentation.models import Segment
from segmentation.rest.base.problems import Failed, Fault, faults_of, rule_faults
from segmentation.rest.base.schema import name_enums
from segmentation.rest.base.strict import Strict
from segmentation.rest.segments.rule_field import RuleField
from segmentation.rules import Rule, load, parse
from segmentation.rules.limits import MAX_BYTES

STATES = [(state.value, state.label) for state in (Segment.State.DRAFT, Segment.State.LIVE, Segment.State.ARCHIVED)]
"""What an owner says: a segment breaks, nobody breaks it."""

SPELLINGS = {"text": parse, "definition": load}
"""Field -> what reads a rule that is written in it."""


class WrittenRule(Strict):
    """A rule as text or as it would be stored: one of the two."""

    text = serializers.CharField(
        required=False, trim_whitespace=False, max_length=MAX_BYTES, help_text="The rule as text: docs/rules.md."
    )
    definition = RuleField(required=False, help_text="The rule as it is stored.")


class WrittenSegment(WrittenRule):
    """A segment as its owner writes it."""

    slug = serializers.SlugField(max_length=80, help_text="Stays as it is once others refer to the segment.")
    name = serializers.CharField(max_length=120, required=False, help_text="The slug, unless it is given.")
    description = serializers.CharField(required=False, allow_blank=True)
    state = serializers.ChoiceField(
        STATES, required=False, help_text="Draft, unless it is given. Only live segments have members."
    )
    is_published = serializers.BooleanField(required=False, help_text="Whether headless storefronts are told.")


name_enums(WrittenState=STATES)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, sound: fields by name, and the rule, if one was."""

    fields: Mapping[str, Any]
    rule: Rule | None


def read_segment(body: Any, segment: Segment | None = None) -> Sent:
    """A segment to be made, or what is to be another of one that is there. Raises Failed with all that is wrong."""
    shape = WrittenSegment(data=body, partial=segment is not None)
    slug = segment.slug if segment else ""
    if isinstance(body, Mapping) and isinstance(body.get("slug"), str):
        slug = body["slug"]
    return _read(shape, slug, is_needed=segment is None)


def read_rule(shape: WrittenRule, slug: str = "") -> Sent:
    """A rule, and what else the shape has. Raises Failed with all that is wrong."""
    return _read(shape, slug, is_needed=True)


def _read(shape: WrittenRule, slug: str, *, is_needed: bool) -> Sent:
    faults = () if shape.is_valid() else faults_of(shape.errors)
    rule, wrong = _rule(shape.initial_data, slug, is_needed=is_needed)
    if wrong and not faults:
        raise Failed(400, "invalid-rule", _("The rule cannot be."), wrong)
    if faults:
        raise Failed(400, "invalid", _("Something in it cannot be."), (*faults, *wrong))
    fields = {name: value for name, value in shape.validated_data.items() if name not in SPELLINGS}
    return Sent(fields, rule)


def _rule(body: Any, slug: str, *, is_needed: bool) -> tuple[Rule | None, tuple[Fault, ...]]:
    """The rule in the body, and what is wrong with it. What is no text at all is the shape's to tell."""
    given = [name for name in SPELLINGS if name in body] if isinstance(body, Mapping) else []
    if len(given) > 1:
        return None, (Fault("/definition", _("Give the rule as text or as definition, not both."), "ambiguous"),)
    if not given:
        return None, (Fault("", _("Give the rule, as text or as definition."), "required"),) if is_needed else ()
    (name,) = given
    is_text = name == "text"
    if body[name] is None or (is_text and not (isinstance(body[name], str) and body[name])):
        return None, ()
    try:
        return sound(SPELLINGS[name](body[name]), slug), ()
    except RuleError as error:
        return None, rule_faults(error, f"/{name}", is_text=is_text)
