"""`merchandising/` and `merchandising/{id}/`: pins, boosts and exclusions."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db import router, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.mixins import CreateModelMixin, DestroyModelMixin, ListModelMixin, RetrieveModelMixin, UpdateModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.conf import conf
from personalization.models import MerchandisingRule
from personalization.recommend.serving.called import product_called
from personalization.recommend.serving.rule_drafts import rule_flaws, what_is_named
from personalization.recommend.serving.standing import STANDING, standing_of, standing_query
from personalization.recommend.strategies.registry import STRATEGIES
from personalization.rest.staff.examples import NEW_RULE, RULE, RULE_CHANGE, RULE_MADE, RULES
from personalization.rest.staff.fields import Moment
from personalization.rest.staff.parameters import ID
from segmentation.rest.base.filters import YesNoFilter
from segmentation.rest.base.history import Noted
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import StrictModel
from segmentation.rest.base.views import StaffViewSet

JUDGED = ("action", "kind", "value", "factor", "starts_at", "ends_at", "on_product")
"""Fields that are judged together."""


class MerchandisingRuleSerializer(StrictModel):
    """A pin, a boost or an exclusion of a product, a category or a brand, in one strategy or in all."""

    strategy = serializers.ChoiceField(
        choices=list(STRATEGIES), required=False, allow_blank=True, help_text="Empty for all strategies."
    )
    starts_at = Moment(required=False, allow_null=True)
    ends_at = Moment(required=False, allow_null=True)
    standing = serializers.ChoiceField(
        choices=list(STANDING), read_only=True, source="*", help_text="Whether it does anything now."
    )

    class Meta:
        model = MerchandisingRule
        fields = [
            *("id", "action", "kind", "value", "strategy", "on_product", "position", "factor", "starts_at", "ends_at"),
            *("is_active", "standing", "created_at"),
        ]
        read_only_fields = ["id", "created_at"]

    def to_representation(self, rule: MerchandisingRule) -> dict[str, Any]:
        """With its standing as of now."""
        fields = super().to_representation(rule)
        return fields | {"standing": standing_of(rule, timezone.now())}

    def validate_on_product(self, said: str) -> str:
        """By id or words of the title, as the admin's form takes it."""
        try:
            return product_called(said) if said else ""
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the admin's form finds wrong; what is named as the shop writes it."""
        if self.instance is not None and attrs.keys() == {"is_active"}:
            return attrs  # as the admin's actions: what names a product that is gone can be switched off
        stored = self.instance or MerchandisingRule()
        said = {name: attrs.get(name, getattr(stored, name)) for name in JUDGED}
        wrong: dict[str, list[str]] = {}
        try:
            said["value"] = attrs["value"] = what_is_named(said)
        except ValidationError as error:
            wrong["value"] = error.messages
        for name, problem in rule_flaws(said):
            wrong.setdefault(name, []).append(problem)
        if wrong:
            raise serializers.ValidationError(wrong)
        return attrs

    def create(self, validated: dict[str, Any]) -> MerchandisingRule:
        """Of the shop."""
        return MerchandisingRule.objects.create(shop=conf.shop, **validated)


class RuleFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Every filter narrows."""

    search = django_filters.CharFilter(method="by_words", max_length=200, label="Part of what is named or of the page's product.")
    standing = django_filters.ChoiceFilter(
        method="by_standing", choices=[(name, name) for name in STANDING], label="Whether it does anything now."
    )
    strategy = django_filters.ChoiceFilter(
        method="by_strategy", choices=[(slug, slug) for slug in STRATEGIES], label="Rules of the strategy, and those of all."
    )

    is_active = YesNoFilter()

    class Meta:
        model = MerchandisingRule
        fields = ["action", "kind", "is_active"]

    def by_words(self, queryset: QuerySet[MerchandisingRule], name: str, value: str) -> QuerySet[MerchandisingRule]:
        """As the admin's search."""
        return queryset.filter(Q(value__icontains=value) | Q(on_product__icontains=value))

    def by_standing(self, queryset: QuerySet[MerchandisingRule], name: str, value: str) -> QuerySet[MerchandisingRule]:
        """As of now."""
        return queryset.filter(standing_query(value, timezone.now()))

    def by_strategy(self, queryset: QuerySet[MerchandisingRule], name: str, value: str) -> QuerySet[MerchandisingRule]:
        """As the admin's filter."""
        return queryset.filter(strategy__in=["", value])


class MerchandisingViewSet(
    Noted, ListModelMixin, CreateModelMixin, RetrieveModelMixin, UpdateModelMixin, DestroyModelMixin, StaffViewSet
):
    """The shop's rules. Saving one changes what pages recommend at once."""

    http_method_names = ["get", "head", "post", "patch", "delete"]
    queryset = MerchandisingRule.objects.none()
    serializer_class = MerchandisingRuleSerializer
    filterset_class = RuleFilter
    lookup_url_kwarg = "id"
    lookup_value_converter = "str"
    ordering = ("-pk",)

    def get_queryset(self) -> QuerySet[MerchandisingRule]:
        """The shop's own."""
        return MerchandisingRule.objects.filter(shop=conf.shop)

    def get_success_headers(self, data: Any) -> dict[str, str]:
        """Where it is now."""
        address = reverse("personalization-api:merchandising-detail", args=[data["id"]])
        return {"Location": self.request.build_absolute_uri(address)}

    @described(
        operation_id="merchandising_list",
        summary="List merchandising rules",
        tags=["recommendations"],
        description="Pins, boosts and exclusions, the latest first. Needs the permission `view_merchandisingrule`.",
        examples=[RULES],
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page."""
        return super().list(request, *args, **kwargs)

    @described(
        operation_id="merchandising_create",
        summary="Make a merchandising rule",
        tags=["recommendations"],
        description=(
            "Products are named by id, or by words of the title that fit one alone; categories and brands by name. "
            "The answer has them as the shop writes them. Pages go by it at once. Needs the permission `add_merchandisingrule`."
        ),
        examples=[NEW_RULE, RULE_MADE],
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        with transaction.atomic(using=router.db_for_write(MerchandisingRule)):
            return super().create(request, *args, **kwargs)

    @described(
        operation_id="merchandising_retrieve",
        summary="One merchandising rule",
        tags=["recommendations"],
        description="Needs the permission `view_merchandisingrule`.",
        parameters=[ID],
        examples=[RULE],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        return super().retrieve(request, *args, **kwargs)

    @described(
        operation_id="merchandising_update",
        summary="Change a merchandising rule",
        tags=["recommendations"],
        description="What is not sent stays; the whole of it is judged again. Needs the permission `change_merchandisingrule`.",
        parameters=[ID],
        examples=[RULE_CHANGE, RULE],
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        with transaction.atomic(using=router.db_for_write(MerchandisingRule)):
            return super().partial_update(request, *args, **kwargs)

    @described(
        operation_id="merchandising_delete",
        summary="Delete a merchandising rule",
        tags=["recommendations"],
        description="Needs the permission `delete_merchandisingrule`.",
        parameters=[ID],
    )
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        with transaction.atomic(using=router.db_for_write(MerchandisingRule)):
            return super().destroy(request, *args, **kwargs)
