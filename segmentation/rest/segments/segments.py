"""`segments/`: the shop's segments, made and changed by the flows of the admin."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db import transaction
from django.db.models import IntegerField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.engine.shop import active_shop
from segmentation.errors import RegularsError, RuleError
from segmentation.membership import define
from segmentation.membership.define import revise
from segmentation.membership.plain import listed_segment, shown_segment
from segmentation.membership.references import hold_still
from segmentation.membership.remove import remove
from segmentation.models import Profile, Segment
from segmentation.rest.base.history import ADDITION, CHANGE, DELETION, added, changed, note
from segmentation.rest.base.problems import Failed, Fault, rule_faults
from segmentation.rest.base.schema import described
from segmentation.rest.base.views import Request, Response, StaffViewSet
from segmentation.rest.segments.answering import answer_on_commit
from segmentation.rest.segments.examples import LISTED, SHOWN, TEXT, answered, asked
from segmentation.rest.segments.filters import SegmentFilters
from segmentation.rest.segments.found import segment_with, segments_here
from segmentation.rest.segments.shapes import ListedSegment, ShownSegment
from segmentation.rest.segments.written import WrittenSegment, read_segment

UNSIZED = -1
"""Stands for the size of what was never answered, so that such segments have a place in the order of sizes."""


class SegmentViewSet(StaffViewSet):
    """The shop's segments."""

    queryset = Segment.objects.none()  # for the rights
    serializer_class = ShownSegment
    filterset_class = SegmentFilters
    lookup_field = "slug"
    lookup_value_converter = "str"
    orderings = {
        "name": ("name", "slug"),
        "-name": ("-name", "-slug"),
        "slug": ("slug",),
        "-slug": ("-slug",),
        "size": ("sized", "slug"),
        "-size": ("-sized", "-slug"),
        "updated_at": ("updated_at", "pk"),
        "-updated_at": ("-updated_at", "-pk"),
    }

    volatile = ("size", "share", "refreshed_at", "problem", "used_by", "sentence")

    def hold(self) -> None:
        """With all others, in their order: whoever refers to another waits for these locks too."""
        hold_still(conf.shop)

    def get_queryset(self) -> QuerySet[Segment]:
        """All, with a size to order by."""
        sized = Coalesce("size", Value(UNSIZED), output_field=IntegerField())
        return segments_here().annotate(sized=sized)

    @described(
        operation_id="segments_list",
        summary="All segments",
        description=("At a glance, as `manage.py segments list --json` has them. Needs the permission `view_segment`."),
        tags=["segments"],
        responses={200: ListedSegment(many=True)},
        examples=[answered("One page", LISTED)],
    )
    def list(self, request: Request) -> Response:
        """A page."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        people = _people()
        rows = [listed_segment(segment, people) for segment in page]
        return self.get_paginated_response(ListedSegment(rows, many=True).data)

    @described(
        operation_id="segments_retrieve",
        summary="One segment",
        description=(
            "Its rule as sentence (in the language of who asks), as text and as it is stored, and what uses it; as "
            "`manage.py segments show --json` has it. Needs the permission `view_segment`."
        ),
        tags=["segments"],
        responses={200: ShownSegment},
        examples=[answered("A segment", SHOWN)],
    )
    def retrieve(self, request: Request, slug: str) -> Response:
        """One."""
        return Response(shown(segment_with(slug)))

    @described(
        operation_id="segments_create",
        summary="Make a segment",
        description=(
            "The rule is given as `text` or as `definition`. All that is wrong is told at once: of a definition with "
            "pointers into it, of a text with line and column. A live segment is answered at once, or by a worker, as "
            "the shop's setting CHANGES says. Needs the permission `add_segment`."
        ),
        tags=["segments"],
        request=WrittenSegment,
        responses={201: ShownSegment},
        examples=[
            asked("By text", {"slug": "loyal", "name": "Loyal customers", "state": "live", "text": TEXT}),
            answered("A segment", SHOWN, "201"),
        ],
    )
    def create(self, request: Request) -> Response:
        """Made, and answered if it is live."""
        sent = read_segment(request.data)
        fields = {"state": Segment.State.DRAFT, **sent.fields}
        _demand_free(fields["slug"])
        segment = define(rule=sent.rule, by=request.user, now=timezone.now(), **fields)  # type: ignore[arg-type]
        if segment.state == Segment.State.LIVE:
            answer_on_commit(segment.slug)
        note(request, segment, ADDITION, added())
        where = request.build_absolute_uri(reverse("segmentation:segment-detail", args=[segment.slug]))
        return Response(shown(segment_with(segment.slug)), status=201, headers={"Location": where})

    @described(
        operation_id="segments_update",
        summary="Change a segment",
        description=(
            "Only what is sent changes; another rule is another version. A slug that others refer to stays, and so does "
            "a segment that is used: it is neither archived nor made a draft (409 says by whom). With `If-Match` the "
            "change is made only if nobody else changed the segment since. Needs the permission `change_segment`."
        ),
        tags=["segments"],
        request=WrittenSegment,
        responses={200: ShownSegment},
        examples=[asked("Put away", {"state": "archived"}), answered("A segment", SHOWN)],
    )
    def partial_update(self, request: Request, slug: str) -> Response:
        """Changed, and answered if its rule is another, or it was not live."""
        with transaction.atomic():
            segment = _held(slug)
            sent = read_segment(request.data, segment)
            was_live = segment.state == Segment.State.LIVE
            if sent.fields.get("slug", slug) != slug:
                _demand_free(sent.fields["slug"])
            version = segment.version
            names = [name for name, value in sent.fields.items() if value != getattr(segment, name)]
            for name, value in sent.fields.items():
                setattr(segment, name, value)
            try:
                revise(segment, sent.rule, by=request.user, now=timezone.now())
            except RuleError as error:
                raise _unaskable(error) from error
            names += ["definition"] if segment.version != version else []
            if names:
                note(request, segment, CHANGE, changed(segment, names))
        is_answered = was_live and segment.refreshed_version == segment.version
        if segment.state == Segment.State.LIVE and not is_answered:
            answer_on_commit(segment.slug)
        return Response(shown(segment_with(segment.slug)))

    @described(
        operation_id="segments_delete",
        summary="Delete a segment",
        description=(
            "With its members, its journal, its versions and the owner's words. Refused (409) while something uses it: "
            "the problem says what. Needs the permission `delete_segment`."
        ),
        tags=["segments"],
        responses={204: None},
    )
    def destroy(self, request: Request, slug: str) -> Response:
        """Gone."""
        segment = segment_with(slug)
        gone = copy(segment)
        remove(segment)
        note(request, gone, DELETION)
        return Response(status=204)


def shown(segment: Segment) -> dict[str, Any]:
    """A segment as it is answered; without a sentence where the shop cannot be had."""
    try:
        catalogue = active_shop().catalogue
    except RegularsError:
        catalogue = None
    data: dict[str, Any] = dict(ShownSegment(shown_segment(segment, _people(), catalogue)).data)
    return data


def _people() -> int:
    return Profile.objects.people(conf.shop).count()


def _held(slug: str) -> Segment:
    """Locked with all others until commit: of two who change it at once, the second sees what the first made of it."""
    segment_with(slug)
    hold_still(conf.shop)
    return segment_with(slug)


def _demand_free(slug: str) -> None:
    if segments_here().filter(slug=slug).exists():
        said = _("Another segment has this slug.")
        raise Failed(409, "conflict", said, (Fault("/slug", said, "unique"),))


def _unaskable(error: RuleError) -> Failed:
    """Nothing that was sent is at fault: the rule that the segment has cannot be asked any more."""
    said = _("The rule that is stored cannot be asked any more: give another, or archive the segment.")
    return Failed(409, "broken", said, rule_faults(error, "/definition"))
