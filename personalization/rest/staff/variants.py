"""`content/slots/{slug}/variants/` and `…/{variant}/`: what a slot shows, and to whom."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import router, transaction
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from rest_framework.mixins import CreateModelMixin, DestroyModelMixin, ListModelMixin, RetrieveModelMixin, UpdateModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.conf import conf
from personalization.models import Slot, Variant
from personalization.rest.staff.examples import NEW_VARIANT, VARIANT, VARIANT_CHANGE, VARIANT_MADE, VARIANTS
from personalization.rest.staff.parameters import SLOT
from personalization.rest.staff.parameters import VARIANT as VARIANT_SLUG
from personalization.rest.staff.variant_serializer import ContentVariantSerializer
from segmentation.models.lock import locked
from segmentation.rest.base.filters import YesNoFilter
from segmentation.rest.base.history import Noted
from segmentation.rest.base.schema import described
from segmentation.rest.base.views import StaffViewSet


class VariantFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Every filter narrows."""

    is_default = YesNoFilter()

    class Meta:
        model = Variant
        fields = ["state", "is_default", "strategy"]


class VariantViewSet(
    Noted, ListModelMixin, CreateModelMixin, RetrieveModelMixin, UpdateModelMixin, DestroyModelMixin, StaffViewSet
):
    """Variants of one slot. Saving a live one shows it at once."""

    http_method_names = ["get", "head", "post", "patch", "delete"]
    queryset = Variant.objects.none()
    serializer_class = ContentVariantSerializer
    filterset_class = VariantFilter
    lookup_field = "slug"
    lookup_url_kwarg = "variant"
    lookup_value_converter = "str"
    ordering = ("is_default", "-priority", "pk")

    def get_queryset(self) -> QuerySet[Variant]:
        """With the segments that they ask for."""
        rows = Variant.objects.filter(slot__shop=conf.shop, slot__slug=self.kwargs.get("slug"))
        return rows.select_related("slot").prefetch_related("asked__segment")

    def get_serializer_context(self) -> dict[str, Any]:
        """With the slot."""
        return {**super().get_serializer_context(), "slot": getattr(self, "slot", None)}

    def get_success_headers(self, data: Any) -> dict[str, str]:
        """Where it is now."""
        address = reverse("personalization-api:content-variants-detail", args=[self.kwargs["slug"], data["slug"]])
        return {"Location": self.request.build_absolute_uri(address)}

    @described(
        operation_id="content_variants_list",
        summary="List what a slot shows",
        tags=["content"],
        description="In the order in which they are asked, the default last. Needs the permission `view_variant`.",
        parameters=[SLOT],
        examples=[VARIANTS],
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page."""
        self._find_slot()
        return super().list(request, *args, **kwargs)

    @described(
        operation_id="content_variants_create",
        summary="Make a variant",
        tags=["content"],
        description=(
            "A live one is shown at once. Words are judged as in the admin: problems point to the field, also in a translation "
            "(`/translations/fr/liquid`), and name the line. Needs the permission `add_variant`."
        ),
        parameters=[SLOT],
        examples=[NEW_VARIANT, VARIANT_MADE],
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """In the slot, which nobody else changes meanwhile."""
        with transaction.atomic(using=router.db_for_write(Variant)):
            self._find_slot(locks=True)
            return super().create(request, *args, **kwargs)

    @described(
        operation_id="content_variants_retrieve",
        summary="One variant",
        tags=["content"],
        description="Needs the permission `view_variant`.",
        parameters=[SLOT, VARIANT_SLUG],
        examples=[VARIANT],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        return super().retrieve(request, *args, **kwargs)

    @described(
        operation_id="content_variants_update",
        summary="Change a variant",
        tags=["content"],
        description="What is not sent stays; the whole of it is judged again. Needs the permission `change_variant`.",
        parameters=[SLOT, VARIANT_SLUG],
        examples=[VARIANT_CHANGE, VARIANT],
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """In the slot, which nobody else changes meanwhile."""
        with transaction.atomic(using=router.db_for_write(Variant)):
            self._find_slot(locks=True)
            return super().partial_update(request, *args, **kwargs)

    @described(
        operation_id="content_variants_delete",
        summary="Delete a variant",
        tags=["content"],
        description="Needs the permission `delete_variant`.",
        parameters=[SLOT, VARIANT_SLUG],
    )
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        with transaction.atomic(using=router.db_for_write(Variant)):
            return super().destroy(request, *args, **kwargs)

    def _find_slot(self, *, locks: bool = False) -> None:
        rows = Slot.objects.filter(shop=conf.shop, slug=self.kwargs["slug"])
        slot = (locked(rows) if locks else rows).first()
        if slot is None:
            raise Http404
        self.slot = slot
