"""`segments/{slug}/members/`: who is in, since when, and what made them enter."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django_filters import rest_framework as filters

from segmentation.models import JournalEntry, Membership, Profile, Segment
from segmentation.rest.base.moments import MomentFilter
from segmentation.rest.base.rights import IsStaff, NamedRights
from segmentation.rest.base.schema import described
from segmentation.rest.base.views import Request, Response, StaffViewSet
from segmentation.rest.segments.examples import answered
from segmentation.rest.segments.found import segment_with
from segmentation.rest.segments.rights import VIEW_MEMBERS
from segmentation.rest.segments.shapes import Member

MEMBER = {"profile": "user:4711", "since": "2026-05-14T00:01:00+01:00", "kind": "user", "cause": "refresh"}


class MemberFilters(filters.FilterSet):  # type: ignore[misc]
    """`?kind=guest&since_after=2026-05-01`; visitors, who are no members to count, where they are asked for."""

    kind = filters.ChoiceFilter(
        choices=Profile.Kind.choices, method="of_kind", help_text="Customers and guests, unless it is given."
    )
    since_after = MomentFilter("since", "gte", help_text="In since this moment or later.")
    since_before = MomentFilter("since", "lt", help_text="In since before this moment.")

    class Meta:
        model = Membership
        fields = ["kind", "since_after", "since_before"]

    def of_kind(self, rows: QuerySet[Membership], name: str, kind: str) -> QuerySet[Membership]:
        """Of this kind alone."""
        return rows.filter(profile__kind=kind)

    def filter_queryset(self, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        """Without visitors, unless it is they who are asked for."""
        if self.form.cleaned_data["kind"] != Profile.Kind.VISITOR:
            queryset = queryset.exclude(profile__kind=Profile.Kind.VISITOR)
        found: QuerySet[Membership] = super().filter_queryset(queryset)
        return found


class MemberViewSet(StaffViewSet):
    """Members of one segment."""

    queryset = Membership.objects.none()  # for the schema
    permission_classes = [IsStaff, NamedRights]
    rights = {"list": (VIEW_MEMBERS,)}
    serializer_class = Member
    filterset_class = MemberFilters
    # In the order they were known, as the command has it, an index finds each page; by `since` the members are sorted for it.
    orderings = {"profile": ("profile_id",), "since": ("since", "pk"), "-since": ("-since", "-pk")}

    def members(self, segment: Segment) -> QuerySet[Membership]:
        """With the profile, and the cause of the entry that still holds."""
        entries = JournalEntry.objects.filter(segment=segment, profile=OuterRef("profile"), entered=True).order_by("-at", "-pk")
        members = Membership.objects.filter(segment=segment).select_related("profile")
        return members.annotate(cause=Subquery(entries.values("cause")[:1]))

    @described(
        operation_id="segments_members_list",
        summary="Who is in a segment",
        description=(
            "As they are stored, with what made them enter; of a broken segment those it had when it broke. Drafts and "
            "archived segments have none. Needs the permission `view_membership`."
        ),
        tags=["segments"],
        responses={200: Member(many=True)},
        examples=[answered("One page", MEMBER)],
    )
    def list(self, request: Request, slug: str) -> Response:
        """A page."""
        page: list[Any] = self.paginate_queryset(self.filter_queryset(self.members(segment_with(slug)))) or []
        rows = [{"profile": one.profile.key, "since": one.since, "kind": one.profile.kind, "cause": one.cause} for one in page]
        return self.get_paginated_response(Member(rows, many=True).data)
