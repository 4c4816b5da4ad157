"""`profiles/{key}/merges/`: who somebody turned out to be, and the undoing of it."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from segmentation.membership.story import merges_of
from segmentation.models import MergeCause, ProfileMerge
from segmentation.profiles.merging import undo
from segmentation.rest.base.history import CHANGE, note
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import StrictModel
from segmentation.rest.people.examples import MERGE, MERGES
from segmentation.rest.people.parameters import KEY
from segmentation.rest.people.person import PersonViewSet
from segmentation.rest.people.rights import CHANGE_PROFILE, VIEW_PROFILE

_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
ID = OpenApiParameter(
    "id",
    {"type": "integer", "format": "int64", "minimum": 1},
    OpenApiParameter.PATH,
    description="The merge's, as the list gives it.",
)


class MergeSerializer(StrictModel):
    """`source` was found to be `target`."""

    source = serializers.CharField(source="source.key", read_only=True)  # type: ignore[assignment]
    target = serializers.CharField(source="target.key", read_only=True)
    cause = serializers.ChoiceField(choices=MergeCause.choices, read_only=True)
    by = serializers.SerializerMethodField(help_text="Who of the staff said so; null where nobody did.")

    class Meta:
        model = ProfileMerge
        fields = ["id", "source", "target", "at", "cause", "by", "undone_at"]
        read_only_fields = fields

    def get_by(self, merge: ProfileMerge) -> str | None:
        """By the name to log in with."""
        return merge.by.get_username() if merge.by else None


class MergeViewSet(ListModelMixin, PersonViewSet):
    """Merges of one person, from either side."""

    rights = {"list": (VIEW_PROFILE,), "undo": (VIEW_PROFILE, CHANGE_PROFILE)}
    serializer_class = MergeSerializer
    queryset = ProfileMerge.objects.none()  # for the schema
    ordering = ("-pk",)

    def get_queryset(self) -> QuerySet[ProfileMerge]:
        """With both profiles."""
        return merges_of(self.profile)

    @described(
        operation_id="profiles_merges_list",
        summary="Who a person turned out to be",
        description="And who turned out to be them, the latest first, those undone too. Needs the permission `view_profile`.",
        parameters=[KEY],
        examples=[MERGES],
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page."""
        return super().list(request, *args, **kwargs)

    @described(
        operation_id="profiles_merges_undo",
        summary="Undo a merge",
        description=(
            "Two are two again, as if they had never been one; twice is once. "
            "Needs the permissions `view_profile` and `change_profile`."
        ),
        parameters=[KEY, ID],
        request=None,
        responses=MergeSerializer,
        examples=[MERGE],
    )
    def undo(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """By whoever asks."""
        if not _NUMBER.fullmatch(kwargs["id"]):
            raise Http404
        merge = get_object_or_404(self.get_queryset(), pk=kwargs["id"])
        was_undone = merge.undone_at is not None
        undo(merge, now=timezone.now(), by=request.user)
        if not was_undone:
            said = _("%(source)s and %(target)s are two again.") % {"source": merge.source, "target": merge.target}
            note(request, merge.source, CHANGE, said)
        return Response(self.get_serializer(merge).data)
