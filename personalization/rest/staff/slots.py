"""`content/slots/` and `content/slots/{slug}/`: places on pages."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import router, transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from rest_framework import serializers
from rest_framework.mixins import CreateModelMixin, DestroyModelMixin, ListModelMixin, RetrieveModelMixin, UpdateModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.conf import conf
from personalization.content.slot_drafts import SLUG_TAKEN, is_taken, slot_flaws
from personalization.models import Slot, Variant
from personalization.rest.staff.examples import NEW_SLOT, SLOT, SLOT_CHANGE, SLOT_MADE, SLOTS
from personalization.rest.staff.faults import refuse, taken
from personalization.rest.staff.parameters import SLOT as SLOT_SLUG
from personalization.rest.staff.rights import DELETE_VARIANT
from segmentation.rest.base.filters import YesNoFilter
from segmentation.rest.base.history import Noted
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import StrictModel
from segmentation.rest.base.views import StaffViewSet


class ContentSlotSerializer(StrictModel):
    """A place on the shop's pages."""

    live_variants = serializers.SerializerMethodField(help_text="How many variants may be shown, the default among them.")

    class Meta:
        model = Slot
        fields = [
            *("slug", "name", "description", "kind", "mode", "size", "is_active"),
            *("popup_delay", "popup_scroll", "popup_times", "popup_days", "live_variants", "created_at", "updated_at"),
        ]
        read_only_fields = ["created_at", "updated_at"]

    def get_live_variants(self, slot: Slot) -> int:
        """Of a slot that was just made, none."""
        return int(getattr(slot, "live", 0))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the admin's form finds wrong."""
        stored: Any = self.instance
        said = {name: attrs.get(name, getattr(stored or Slot(), name)) for name in ("slug", "kind", "mode")}
        refuse(slot_flaws(said["kind"], said["mode"], stored))
        if is_taken(said["slug"], stored):
            raise taken(str(SLUG_TAKEN))
        return attrs

    def create(self, validated: dict[str, Any]) -> Slot:
        """Of the shop."""
        return Slot.objects.create(shop=conf.shop, **validated)


class SlotFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Every filter narrows."""

    search = django_filters.CharFilter(method="by_words", max_length=200, label="Part of the name or of the slug.")

    is_active = YesNoFilter()

    class Meta:
        model = Slot
        fields = ["kind", "mode", "is_active"]

    def by_words(self, queryset: QuerySet[Slot], name: str, value: str) -> QuerySet[Slot]:
        """As the admin's search."""
        return queryset.filter(Q(name__icontains=value) | Q(slug__icontains=value))


class SlotViewSet(Noted, ListModelMixin, CreateModelMixin, RetrieveModelMixin, UpdateModelMixin, DestroyModelMixin, StaffViewSet):
    """The shop's slots."""

    http_method_names = ["get", "head", "post", "patch", "delete"]
    queryset = Slot.objects.none()
    serializer_class = ContentSlotSerializer
    filterset_class = SlotFilter
    lookup_field = "slug"
    lookup_value_converter = "str"
    orderings = {
        "slug": ("slug",),
        "-slug": ("-slug",),
        "name": ("name", "slug"),
        "-name": ("-name", "-slug"),
        "updated_at": ("updated_at", "pk"),
        "-updated_at": ("-updated_at", "-pk"),
    }

    def get_queryset(self) -> QuerySet[Slot]:
        """The shop's own, with the number of their live variants."""
        live = Count("variants", filter=Q(variants__state=Variant.State.LIVE))
        return Slot.objects.filter(shop=conf.shop).annotate(live=live)

    def get_success_headers(self, data: Any) -> dict[str, str]:
        """Where it is now."""
        address = reverse("personalization-api:content-slots-detail", args=[data["slug"]])
        return {"Location": self.request.build_absolute_uri(address)}

    @described(
        operation_id="content_slots_list",
        summary="List slots",
        tags=["content"],
        description="Places on pages, by slug. Needs the permission `view_slot`.",
        examples=[SLOTS],
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page."""
        return super().list(request, *args, **kwargs)

    @described(
        operation_id="content_slots_create",
        summary="Make a slot",
        tags=["content"],
        description='A template says where it stands: `{% slot "home-hero" %}`. Needs the permission `add_slot`.',
        examples=[NEW_SLOT, SLOT_MADE],
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One of the shop's."""
        with transaction.atomic(using=router.db_for_write(Slot)):
            return super().create(request, *args, **kwargs)

    @described(
        operation_id="content_slots_retrieve",
        summary="One slot",
        tags=["content"],
        description="Needs the permission `view_slot`.",
        parameters=[SLOT_SLUG],
        examples=[SLOT],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        return super().retrieve(request, *args, **kwargs)

    @described(
        operation_id="content_slots_update",
        summary="Change a slot",
        tags=["content"],
        description="What is not sent stays. Pages show the change at once. Needs the permission `change_slot`.",
        parameters=[SLOT_SLUG],
        examples=[SLOT_CHANGE, SLOT],
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        with transaction.atomic(using=router.db_for_write(Slot)):
            return super().partial_update(request, *args, **kwargs)

    @described(
        operation_id="content_slots_delete",
        summary="Delete a slot",
        tags=["content"],
        description="With its variants. Needs the permission `delete_slot`, and `delete_variant` where it has any.",
        parameters=[SLOT_SLUG],
    )
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One, and what it showed."""
        with transaction.atomic(using=router.db_for_write(Slot)):
            return super().destroy(request, *args, **kwargs)

    def perform_destroy(self, slot: Slot) -> None:
        """As the admin: whoever deletes a slot must be allowed to delete what goes with it."""
        if slot.variants.exists() and not self.request.user.has_perm(DELETE_VARIANT):
            self.permission_denied(self.request)
        super().perform_destroy(slot)
