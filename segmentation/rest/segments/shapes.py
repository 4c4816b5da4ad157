"""What is answered of segments: the plain data of `segmentation.membership.plain`, described."""

from __future__ import annotations

from rest_framework import serializers

from segmentation.models import Cause, Profile, Segment
from segmentation.rest.base.schema import name_enums
from segmentation.rest.base.strict import Strict
from segmentation.rest.segments.rule_field import RuleField


class ListedSegment(Strict):
    """A segment at a glance."""

    slug = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(Segment.State.choices)
    size = serializers.IntegerField(allow_null=True, help_text="Members, users and guests; null until it was answered.")
    share = serializers.FloatField(allow_null=True, help_text="Of the shop's people, 0 to 1.")
    refreshed_at = serializers.DateTimeField(allow_null=True)
    is_published = serializers.BooleanField(help_text="Whether headless storefronts may read that their visitor is in.")


class ShownSegment(Strict):
    """A segment, its rule in every spelling."""

    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    state = serializers.ChoiceField(Segment.State.choices)
    is_published = serializers.BooleanField(help_text="Whether headless storefronts may read that their visitor is in.")
    version = serializers.IntegerField(help_text="Of the definition.")
    sentence = serializers.CharField(allow_null=True, help_text="The rule in the language of who asks.")
    text = serializers.CharField(allow_null=True, help_text="The rule as text; null where this release cannot read it.")
    definition = RuleField(help_text="The rule as it is stored.")
    size = serializers.IntegerField(allow_null=True, help_text="Members, users and guests; null until it was answered.")
    share = serializers.FloatField(allow_null=True, help_text="Of the shop's people, 0 to 1.")
    refreshed_at = serializers.DateTimeField(allow_null=True)
    problem = serializers.CharField(help_text="Why it is broken, or what its owner should look at.")
    used_by = serializers.ListField(
        child=serializers.CharField(), help_text="While it is used it can neither go nor be taken away."
    )


class SegmentVersionRow(Strict):
    """A definition that a segment had."""

    number = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    text = serializers.CharField(allow_null=True, help_text="Null where this release cannot read it.")
    created_by = serializers.CharField(allow_null=True, help_text="Who of the staff made it, if anybody.")
    definition = RuleField()


class Member(Strict):
    """Somebody who is in a segment."""

    profile = serializers.CharField(help_text="Key of the profile.")
    since = serializers.DateTimeField()
    kind = serializers.ChoiceField(Profile.Kind.choices)
    cause = serializers.ChoiceField(
        Cause.choices, allow_null=True, help_text="What made them enter; null where it is not known any more."
    )


name_enums(SegmentState=Segment.State.choices)
