"""`segments/{slug}/versions/`: what a segment's definition was."""

from __future__ import annotations

from typing import Any

from segmentation.membership.plain import plain_version
from segmentation.models import SegmentVersion
from segmentation.rest.base.rights import IsStaff, NamedRights
from segmentation.rest.base.schema import described
from segmentation.rest.base.views import Request, Response, StaffViewSet
from segmentation.rest.segments.examples import RULE, TEXT, answered
from segmentation.rest.segments.found import segment_with
from segmentation.rest.segments.rights import VIEW
from segmentation.rest.segments.shapes import SegmentVersionRow

VERSION = {
    "number": 1,
    "created_at": "2026-05-01T09:00:00+01:00",
    "text": TEXT,
    "created_by": "owner@shop.test",
    "definition": RULE,
}


class VersionViewSet(StaffViewSet):
    """Versions of one segment: who may see it may see them, as in the admin."""

    queryset = SegmentVersion.objects.none()
    serializer_class = SegmentVersionRow
    permission_classes = [IsStaff, NamedRights]
    rights = {"list": (VIEW,)}
    filter_backends = []
    ordering = ("-number",)

    @described(
        operation_id="segments_versions_list",
        summary="What a segment's definition was",
        description=("Newest first, with who made each. Needs the permission `view_segment`."),
        tags=["segments"],
        responses={200: SegmentVersionRow(many=True)},
        examples=[answered("One page", VERSION)],
    )
    def list(self, request: Request, slug: str) -> Response:
        """A page."""
        versions = SegmentVersion.objects.filter(segment=segment_with(slug)).select_related("created_by")
        page = self.paginate_queryset(versions) or []
        return self.get_paginated_response(SegmentVersionRow(list(map(_row, page)), many=True).data)


def _row(version: SegmentVersion) -> dict[str, Any]:
    by = version.created_by
    return {**plain_version(version), "created_by": str(by) if by else None, "definition": version.definition}
