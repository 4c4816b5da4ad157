"""`presets/`: ready-made segments, and adding them to the shop's."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from segmentation.engine.shop import active_shop
from segmentation.errors import SegmentError
from segmentation.models import Segment
from segmentation.presets import FAMILIES, add_named
from segmentation.presets.plain import plain_added, plain_presets
from segmentation.rest.base.history import ADDITION, note
from segmentation.rest.base.problems import Kind
from segmentation.rest.base.schema import described, name_enums
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import Request, Response, StaffView
from segmentation.rest.segments.answering import answer_on_commit
from segmentation.rest.segments.examples import answered, asked
from segmentation.rest.segments.rights import ADD

PRESET: dict[str, Any] = {
    "slug": "lapsed",
    "name": "Not bought in 90 days",
    "family": "recency",
    "purpose": "Customers who bought once and have been quiet since.",
    "action": "Remind them of what is new since their last order.",
    "rule": "orders.count() >= 1 and orders.count(last {days} days) = 0",
    "parameters": [{"name": "days", "default": "90", "label": "days"}],
    "lacks": "",
    "present": False,
}
ADDED = {"added": [{"slug": "lapsed", "name": "Not bought in 120 days", "state": "live"}], "present": [], "left_out": {}}


PRESET_FAMILIES = [(name, name) for name in FAMILIES]
NEW_STATES = [(Segment.State.DRAFT.value, "draft"), (Segment.State.LIVE.value, "live")]
name_enums(PresetFamily=PRESET_FAMILIES, NewState=NEW_STATES)


class PresetParameter(Strict):
    """What the owner may set."""

    name = serializers.CharField()
    default = serializers.CharField(allow_null=True, help_text="Null where it must be set.")
    label = serializers.CharField()  # type: ignore[assignment]


class ListedPreset(Strict):
    """A ready-made segment."""

    slug = serializers.CharField()
    name = serializers.CharField()
    family = serializers.ChoiceField(PRESET_FAMILIES)
    purpose = serializers.CharField()
    action = serializers.CharField()
    rule = serializers.CharField(help_text="Text, with parameters in braces.")
    parameters = PresetParameter(many=True)
    lacks = serializers.CharField(help_text="Why the shop cannot have it; empty where it can.")
    present = serializers.BooleanField()


class PresetsListed(Strict):
    """All there are."""

    results = ListedPreset(many=True)


class PresetsAsked(Strict):
    """Which are to be added."""

    slugs = serializers.ListField(child=serializers.CharField(max_length=80), min_length=1, max_length=100)
    values = serializers.DictField(
        child=serializers.CharField(max_length=200), required=False, help_text="Values by parameter, for those that have it."
    )
    state = serializers.ChoiceField(NEW_STATES, required=False, help_text="Live, unless it is given.")


class AddedSegment(Strict):
    """A segment that was made."""

    slug = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(Segment.State.choices)


class PresetsAdded(Strict):
    """What became of them."""

    added = AddedSegment(many=True)
    present = serializers.ListField(child=serializers.CharField(), help_text="Slugs that were there, and stay as they are.")
    left_out = serializers.DictField(child=serializers.CharField())


class PresetsView(StaffView):
    """As the admin's page."""

    rights = {"GET": (ADD,), "POST": (ADD,)}
    kinds = {SegmentError: Kind(400, "invalid")}

    @described(
        operation_id="presets_list",
        summary="Ready-made segments",
        description=("What each is for, what may be set, and whether the shop can have it. Needs the permission `add_segment`."),
        tags=["presets"],
        responses={200: PresetsListed},
        examples=[answered("One of them", {"results": [PRESET]})],
    )
    def get(self, request: Request) -> Response:
        """All."""
        return Response(PresetsListed({"results": plain_presets(active_shop())}).data)

    @described(
        operation_id="presets_add",
        summary="Add ready-made segments",
        description=(
            "All of those that are named, or none; what is there stays as it is. Live ones are answered at once, or by "
            "a worker, as the shop's setting CHANGES says. Needs the permission `add_segment`."
        ),
        tags=["presets"],
        request=PresetsAsked,
        responses={200: PresetsAdded},
        examples=[asked("With a value", {"slugs": ["lapsed"], "values": {"days": "120"}}), answered("Added", ADDED)],
    )
    def post(self, request: Request) -> Response:
        """Add them."""
        sent = PresetsAsked(data=request.data)
        sent.is_valid(raise_exception=True)
        asked_for = sent.validated_data
        state = asked_for.get("state", Segment.State.LIVE)
        values = asked_for.get("values", {})
        added = add_named(asked_for["slugs"], values=values, state=state, by=request.user, now=timezone.now())
        for segment in added.made:
            note(request, segment, ADDITION, [{"added": {}}])
        if state == Segment.State.LIVE:
            answer_on_commit(*(segment.slug for segment in added.made))
        return Response(PresetsAdded(plain_added(added)).data)
