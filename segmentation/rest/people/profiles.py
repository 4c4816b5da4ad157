"""`profiles/` and `profiles/{key}/`: who somebody is."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from segmentation.conf import conf
from segmentation.models import Profile, Purpose
from segmentation.profiles.consents import states
from segmentation.profiles.masks import VIEW_EMAIL, masked
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import StrictModel
from segmentation.rest.people.examples import PERSON, PROFILES
from segmentation.rest.people.filters import ProfileFilter
from segmentation.rest.people.keys import profile_with
from segmentation.rest.people.parameters import KEY
from segmentation.rest.people.person import PersonViewSet
from segmentation.rest.people.rights import VIEW_PROFILE

WORDS: dict[str, Any] = {
    "type": "object",
    "properties": {name: {"type": ["boolean", "null"]} for name in Purpose.values},
    "required": list(Purpose.values),
}
"""Purpose -> the last word on it."""


class ProfileSerializer(StrictModel):
    """Somebody at a glance."""

    url = serializers.SerializerMethodField(help_text="The address of this profile, its key encoded.")
    email = serializers.SerializerMethodField(
        help_text="Of guests, whole for who has the permission `view_email`, else masked. An account's stands in the shop alone."
    )
    merged_into = serializers.SlugRelatedField(  # type: ignore[var-annotated]
        slug_field="key",
        read_only=True,
        allow_null=True,
        help_text="Key of whom this profile turned out to be; null where nobody.",
    )

    class Meta:
        model = Profile
        fields = ["key", "url", "kind", "customer_id", "email", "profiling", "created_at", "seen_at", "gone_at", "merged_into"]
        read_only_fields = fields

    def get_url(self, profile: Profile) -> str:
        """With the host that was asked."""
        address = reverse("segmentation:profile", kwargs={"key": profile.key})
        url: str = self.context["request"].build_absolute_uri(address)
        return url

    def get_email(self, profile: Profile) -> str | None:
        """Null for whoever has none of their own."""
        may_see = self.context["request"].user.has_perm(VIEW_EMAIL)
        return (profile.email if may_see else masked(profile.email)) or None


class PersonSerializer(ProfileSerializer):
    """Somebody with their last words on consent."""

    consents = serializers.SerializerMethodField(help_text="The last word on each purpose; null where nothing was said.")

    class Meta(ProfileSerializer.Meta):
        fields = [*ProfileSerializer.Meta.fields, "consents"]
        read_only_fields = fields

    @extend_schema_field(WORDS)
    def get_consents(self, profile: Profile) -> dict[str, bool | None]:
        """Of whoever they are by now."""
        return states(profile)


class ProfileViewSet(ListModelMixin, RetrieveModelMixin, PersonViewSet):
    """People of the shop: customers, guests and visitors."""

    rights = {"list": (VIEW_PROFILE,), "retrieve": (VIEW_PROFILE,)}
    filterset_class = ProfileFilter
    ordering = ("-pk",)
    lookup_field = "key"

    def get_queryset(self) -> QuerySet[Profile]:
        """The shop's, with whom they are merged into."""
        return Profile.objects.filter(shop=conf.shop).select_related("merged_into")

    def get_object(self) -> Profile:
        """Whoever the key names, merged and gone ones too."""
        return profile_with(self.kwargs["key"])

    def get_serializer_class(self) -> type[ProfileSerializer]:
        """A list costs no query a row."""
        return ProfileSerializer if self.action == "list" else PersonSerializer

    @described(
        operation_id="profiles_list",
        summary="Find people",
        description=(
            "Customers, guests and visitors, the latest known first; also those who are gone or turned out to be somebody else, "
            "unless `is_present=true`. E-mails of guests are masked without the permission `view_email`. "
            "Needs the permission `view_profile`."
        ),
        examples=[PROFILES],
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """A page."""
        return super().list(request, *args, **kwargs)

    @described(
        operation_id="profiles_retrieve",
        summary="One person",
        description=(
            "A profile that turned out to be somebody else answers all the same, and says by `merged_into` whose it is now. "
            "Needs the permission `view_profile`."
        ),
        parameters=[KEY],
        examples=[PERSON],
    )
    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """One."""
        return super().retrieve(request, *args, **kwargs)
