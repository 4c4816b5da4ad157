"""`segments/export/`: definitions for version control."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from segmentation.errors import SegmentError
from segmentation.membership.definitions import definitions_of
from segmentation.rest.base.problems import Kind
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import Request, Response, StaffView
from segmentation.rest.segments.examples import TEXT, answered
from segmentation.rest.segments.rights import VIEW
from segmentation.rest.segments.written import STATES

DEFINITIONS = {
    "version": 1,
    "base_currency": "GBP",
    "segments": [
        {
            "slug": "loyal",
            "name": "Loyal customers",
            "description": "They stay.",
            "state": "live",
            "is_published": True,
            "rule": TEXT,
        }
    ],
}


class ExportedSegment(Strict):
    """A segment as the file has it."""

    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    state = serializers.ChoiceField(STATES)
    is_published = serializers.BooleanField(required=False, help_text="Left out where it is not.")
    rule = serializers.CharField(help_text="Text, of a long rule each condition on a line of its own.")


class Exported(Strict):
    """What `segments import` reads."""

    version = serializers.IntegerField(help_text="Of this shape.")
    base_currency = serializers.CharField()
    segments = ExportedSegment(many=True)


class ExportView(StaffView):
    """As the command."""

    rights = {"GET": (VIEW,)}
    kinds = {SegmentError: Kind(400, "invalid")}

    @described(
        operation_id="segments_export",
        summary="Definitions for version control",
        description=(
            "As `manage.py segments export --json`: the same as long as no owner changes a segment, and what `segments "
            "import` reads. Refused (400) for a slug that no segment has. Needs the permission `view_segment`."
        ),
        tags=["segments"],
        parameters=[OpenApiParameter("slug", str, many=True, description="These alone; all where none is named.")],
        responses={200: Exported},
        examples=[answered("One segment", DEFINITIONS)],
    )
    def get(self, request: Request) -> Response:
        """The definitions."""
        return Response(definitions_of(request.query_params.getlist("slug")))
