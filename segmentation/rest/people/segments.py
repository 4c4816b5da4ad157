"""`profiles/{key}/segments/`: the segments that somebody is in."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from segmentation.membership.read import segments_of
from segmentation.models import Membership, Override
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import StrictModel
from segmentation.rest.people.examples import SEGMENTS
from segmentation.rest.people.parameters import KEY
from segmentation.rest.people.person import PersonViewSet
from segmentation.rest.people.rights import VIEW_PROFILE


class PersonSegmentSerializer(StrictModel):
    """A segment that somebody is in."""

    slug = serializers.CharField(source="segment.slug", read_only=True)
    name = serializers.CharField(source="segment.name", read_only=True)
    overridden = serializers.BooleanField(
        read_only=True, help_text="Whether the owner put the person in, whatever the rule says."
    )

    class Meta:
        model = Membership
        fields = ["slug", "name", "since", "overridden"]
        read_only_fields = fields


class PersonSegmentViewSet(ListModelMixin, PersonViewSet):
    """Memberships of one person."""

    rights = {"list": (VIEW_PROFILE,)}
    serializer_class = PersonSegmentSerializer
    queryset = Membership.objects.none()  # for the schema
    ordering = ("segment__name", "pk")

    def get_queryset(self) -> QuerySet[Membership]:
        """By the names of the segments."""
        said = Override.objects.filter(segment=OuterRef("segment"), profile=OuterRef("profile"))
        return segments_of(self.profile).annotate(overridden=Exists(said))

    @described(
        operation_id="profiles_segments_list",
        summary="The segments a person is in",
        description=(
            "As they are stored, by name, with since when. Who turned out to be somebody else is in none; whom by, the profile "
            "says. Needs the permission `view_profile`."
        ),
        parameters=[KEY],
        examples=[SEGMENTS],
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """A page."""
        return super().list(request, *args, **kwargs)
