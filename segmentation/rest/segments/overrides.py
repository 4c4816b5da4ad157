"""`segments/{slug}/overrides/`: the owner's word over the rule, said and taken back as on the admin's page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from rest_framework import serializers

from segmentation.membership import override, withdraw, words
from segmentation.membership.override import may_be_said
from segmentation.models import Override, Profile, Segment
from segmentation.rest.base.filters import YesNoFilter
from segmentation.rest.base.history import CHANGE, note
from segmentation.rest.base.problems import Failed
from segmentation.rest.base.rights import IsStaff, NamedRights
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import Request, Response, StaffViewSet
from segmentation.rest.people.keys import profile_with
from segmentation.rest.segments.examples import answered, asked
from segmentation.rest.segments.found import segment_with
from segmentation.rest.segments.rights import CHANGE_OVERRIDE, VIEW_OVERRIDES, VIEW_PROFILE

WORD = {
    "profile": "user:4711",
    "included": True,
    "reason": "a friend of the house",
    "by": "owner@shop.test",
    "at": "2026-06-01T13:00:00+01:00",
}


class Word(Strict):
    """The owner's word on one person."""

    profile = serializers.CharField(help_text="Key of the profile.")
    included = serializers.BooleanField(help_text="Always in, or never.")
    reason = serializers.CharField()
    by = serializers.CharField(allow_null=True, help_text="Who of the staff said it.")
    at = serializers.DateTimeField()


class WrittenWord(Strict):
    """What is said."""

    included = serializers.BooleanField(help_text="Always in, or never.")
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class WordFilters(filters.FilterSet):  # type: ignore[misc]
    """`?included=true`."""

    included = YesNoFilter(help_text="Those who are always in, or those who never are.")

    class Meta:
        model = Override
        fields = ["included"]


class OverrideViewSet(StaffViewSet):
    """Words on the members of one segment."""

    queryset = Override.objects.none()  # for the schema
    serializer_class = Word
    filterset_class = WordFilters
    permission_classes = [IsStaff, NamedRights]
    rights = {
        "list": (VIEW_OVERRIDES,),
        "retrieve": (VIEW_OVERRIDES,),
        "update": (CHANGE_OVERRIDE, VIEW_PROFILE),
        "destroy": (CHANGE_OVERRIDE, VIEW_PROFILE),
    }
    ordering = ("-at", "-pk")

    @described(
        operation_id="segments_overrides_list",
        summary="Whom the owner put in or kept out",
        description=("Latest first. Needs the permission `view_override`."),
        tags=["segments"],
        responses={200: Word(many=True)},
        examples=[answered("One page", WORD)],
    )
    def list(self, request: Request, slug: str) -> Response:
        """A page."""
        page = self.paginate_queryset(self.filter_queryset(_words(segment_with(slug)))) or []
        return self.get_paginated_response(Word(list(map(_row, page)), many=True).data)

    @described(
        operation_id="segments_overrides_retrieve",
        summary="The owner's word on somebody",
        description=("404 where nothing was said: the rule decides. Needs the permission `view_override`."),
        tags=["segments"],
        responses={200: Word},
        examples=[answered("A word", WORD)],
    )
    def retrieve(self, request: Request, slug: str, key: str) -> Response:
        """One."""
        return Response(Word(_row(_word(segment_with(slug), profile_with(key)))).data)

    @described(
        operation_id="segments_overrides_put",
        summary="Put somebody in, or keep somebody out",
        description=(
            "At once, and whatever later refreshes say; a later word replaces an earlier one. Refused (409) where the "
            "segment has no members, and for a person who is gone or somebody else now. Needs the permissions "
            "`change_override` and `view_profile`."
        ),
        tags=["segments"],
        request=WrittenWord,
        responses={200: Word, 201: Word},
        examples=[
            asked("Always in", {"included": True, "reason": "a friend of the house"}),
            answered("Said", WORD, "200", "201"),
        ],
    )
    def update(self, request: Request, slug: str, key: str) -> Response:
        """Said."""
        segment, profile = _open(slug, key)
        sent = WrittenWord(data=request.data)
        sent.is_valid(raise_exception=True)
        is_new = not _words(segment).filter(profile=profile).exists()
        said = {"reason": "", **sent.validated_data}
        override(segment, profile, by=request.user, now=timezone.now(), **said)
        word = words.Word.INCLUDE if said["included"] else words.Word.EXCLUDE
        note(request, profile, CHANGE, words.history_text(segment, word, said["reason"]))
        return Response(Word(_row(_word(segment, profile))).data, status=201 if is_new else 200)

    @described(
        operation_id="segments_overrides_delete",
        summary="Let the rule decide again",
        description=("At once. Needs the permissions `change_override` and `view_profile`."),
        tags=["segments"],
        responses={204: None},
    )
    def destroy(self, request: Request, slug: str, key: str) -> Response:
        """Taken back."""
        segment, profile = _open(slug, key)
        _word(segment, profile)
        withdraw(segment, profile, now=timezone.now())
        note(request, profile, CHANGE, words.history_text(segment, words.Word.RULE))
        return Response(status=204)


def _words(segment: Segment) -> QuerySet[Override]:
    return Override.objects.filter(segment=segment).select_related("profile", "by")


def _word(segment: Segment, profile: Profile) -> Override:
    said = _words(segment).filter(profile=profile).first()
    if said is None:
        raise Http404
    return said


def _open(slug: str, key: str) -> tuple[Segment, Profile]:
    segment, profile = segment_with(slug), profile_with(key)
    if not may_be_said(segment, profile):
        raise Failed(409, "conflict", _("The segment has no members, or the person is gone or somebody else now."))
    return segment, profile


def _row(said: Override) -> dict[str, Any]:
    by = str(said.by) if said.by else None
    return {"profile": said.profile.key, "included": said.included, "reason": said.reason, "by": by, "at": said.at}
