"""`status/`: how things stand."""

from __future__ import annotations

from django.utils import timezone
from rest_framework import serializers

from segmentation.membership.plain import plain_status
from segmentation.membership.status import status
from segmentation.models import Segment
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import Request, Response, StaffView
from segmentation.rest.segments.examples import answered
from segmentation.rest.segments.rights import VIEW

STATUS = {
    "shop": "default",
    "people": 4372,
    "last_refresh": "2026-06-01T13:00:00+01:00",
    "alarms": [],
    "notes": [],
    "segments": [
        {
            "slug": "loyal",
            "name": "Loyal customers",
            "state": "live",
            "version": 1,
            "size": 742,
            "refreshed_at": "2026-06-01T13:00:00+01:00",
            "lag": 1800,
        }
    ],
    "ignored": {},
    "faults": {},
}


class SegmentStanding(Strict):
    """How current a segment is."""

    slug = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(Segment.State.choices)
    version = serializers.IntegerField()
    size = serializers.IntegerField(allow_null=True)
    refreshed_at = serializers.DateTimeField(allow_null=True)
    lag = serializers.IntegerField(allow_null=True, help_text="Seconds since its last refresh.")


class Standing(Strict):
    """How things stand."""

    shop = serializers.CharField()
    people = serializers.IntegerField()
    last_refresh = serializers.DateTimeField(allow_null=True)
    alarms = serializers.ListField(child=serializers.CharField(), help_text="What must be looked at; nothing where all is well.")
    notes = serializers.ListField(child=serializers.CharField(), help_text="What should be.")
    segments = SegmentStanding(many=True)
    ignored = serializers.DictField(child=serializers.IntegerField(), help_text="Rows of the shop left out, by relation.")
    faults = serializers.DictField(child=serializers.IntegerField(), help_text="Values not understood, by column.")


class StatusView(StaffView):
    """For monitoring."""

    rights = {"GET": (VIEW,)}

    @described(
        operation_id="status",
        summary="How things stand",
        description=(
            "As `manage.py segments status --json`: something must be looked at while `alarms` has a sentence. Needs "
            "the permission `view_segment`."
        ),
        tags=["segments"],
        responses={200: Standing},
        examples=[answered("All is well", STATUS)],
    )
    def get(self, request: Request) -> Response:
        """At this moment."""
        return Response(Standing(plain_status(status(now=timezone.now()))).data)
