"""`segments/{slug}/refresh/`: a segment answered for everyone, now or soon."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from rest_framework import serializers

from segmentation.membership import RefreshReport
from segmentation.models import Segment
from segmentation.rest.base.problems import Failed
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import Request, Response, StaffView
from segmentation.rest.segments.examples import answered
from segmentation.rest.segments.found import segment_with
from segmentation.rest.segments.rights import CHANGE
from segmentation.tasks import ask_refresh

REFRESHED = {
    "at": "2026-06-01T13:00:00+01:00",
    "people": 4372,
    "segments": [{"slug": "loyal", "entered": 3, "left": 1, "size": 742, "problem": "", "visitors": 0, "note": ""}],
    "ignored": {},
    "faults": {},
}
ASKED = {"follow": "https://shop.test/api/segments/loyal/", "refreshed_at": "2026-06-01T12:00:00+01:00"}


class RefreshedSegment(Strict):
    """What became of a segment."""

    slug = serializers.CharField()
    entered = serializers.IntegerField()
    left = serializers.IntegerField()
    size = serializers.IntegerField(allow_null=True)
    problem = serializers.CharField(help_text="Why it is broken; it keeps the members it had.")
    visitors = serializers.IntegerField(help_text="Who are in and counted apart.")
    note = serializers.CharField(help_text="What its owner should look at.")


class Refreshed(Strict):
    """What a refresh did."""

    at = serializers.DateTimeField()
    people = serializers.IntegerField()
    segments = RefreshedSegment(many=True)
    ignored = serializers.DictField(child=serializers.IntegerField(), help_text="Rows of the shop left out, by relation.")
    faults = serializers.DictField(child=serializers.IntegerField(), help_text="Values not understood, by column.")


class RefreshAsked(Strict):
    """A worker does it: the segment's `refreshed_at` is another once it is done."""

    follow = serializers.URLField(help_text="Address of the segment.")
    refreshed_at = serializers.DateTimeField(allow_null=True, help_text="As it is until then.")


class RefreshView(StaffView):
    """As the admin's action."""

    rights = {"POST": (CHANGE,)}
    works_in_pieces = ("POST",)

    @described(
        operation_id="segments_refresh",
        summary="Answer a segment now",
        description=(
            "As the shop's setting CHANGES says: here, with what it did (200), or by a worker (202), who is done when "
            "`refreshed_at` of the segment is another. Refused (409) while another refresh runs, and for a draft or an "
            "archived segment. Needs the permission `change_segment`."
        ),
        tags=["segments"],
        request=None,
        responses={200: Refreshed, 202: RefreshAsked},
        examples=[answered("Done", REFRESHED), answered("A worker does it", ASKED, "202")],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Done, or asked for."""
        segment = segment_with(slug)
        if segment.state not in (Segment.State.LIVE, Segment.State.BROKEN):
            raise Failed(409, "conflict", _("Drafts and archived segments have no members, so they are not refreshed."))
        report = _asked(slug)
        if report is not None:
            return Response(Refreshed(_plain(report)).data)
        where = request.build_absolute_uri(reverse("segmentation:segment-detail", args=[slug]))
        data = RefreshAsked({"follow": where, "refreshed_at": segment.refreshed_at}).data
        return Response(data, status=202, headers={"Location": where})


def _asked(slug: str) -> RefreshReport | None:
    try:
        return ask_refresh([slug])
    except (OperationalError, OSError) as error:
        raise Failed(503, "worker", _("No worker can be asked at the moment.")) from error


def _plain(report: RefreshReport) -> dict[str, Any]:
    return {
        "at": report.at,
        "people": report.people,
        "segments": [asdict(segment) for segment in report.segments],
        "ignored": {**report.ignored},
        "faults": {**report.faults},
    }
