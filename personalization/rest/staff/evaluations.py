"""`evaluations/`: tests of the models on the shop's own orders."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.conf import conf
from personalization.models import Evaluation
from personalization.recommend.training.plain import evaluation_plain
from personalization.rest.staff.examples import EVALUATION, EVALUATIONS
from personalization.rest.staff.parameters import ID
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import StaffViewSet


class EvaluationSerializer(Strict):
    """An evaluation at a glance; what was not measured is null."""

    id = serializers.IntegerField()
    fit_until = serializers.DateField(help_text="Learned from orders before that day, asked for those since.")
    state = serializers.ChoiceField(choices=Evaluation.State.choices)
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    progress = serializers.IntegerField(help_text="Percent done.")
    people = serializers.IntegerField(allow_null=True)
    products = serializers.IntegerField(allow_null=True)
    lines = serializers.IntegerField(allow_null=True, help_text="Of orders that were learned from.")
    next_ndcg_at_10 = serializers.FloatField(allow_null=True, help_text="Of the next order; 1 is ten right products in order.")
    new_ndcg_at_10 = serializers.FloatField(allow_null=True, help_text="Of what somebody buys for the first time.")
    basket_ndcg_at_10 = serializers.FloatField(allow_null=True, help_text="Of the rest of a basket.")
    why = serializers.CharField(help_text="Why it failed.")

    def to_representation(self, evaluation: Evaluation) -> dict[str, Any]:
        """Of the evaluation's row."""
        return dict(super().to_representation(evaluation_plain(evaluation)))


class EvaluationWithReportSerializer(EvaluationSerializer):
    """With all that was found."""

    report = serializers.JSONField(help_text="`tasks` with scores, intervals and history lengths, `baselines`, `choice`.")

    def to_representation(self, evaluation: Evaluation) -> dict[str, Any]:
        """The same, and the report as it is kept."""
        plain = evaluation_plain(evaluation) | {"report": evaluation.report}
        return dict(serializers.Serializer.to_representation(self, plain))


class EvaluationFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Every filter narrows."""

    class Meta:
        model = Evaluation
        fields = ["state"]


class EvaluationViewSet(ListModelMixin, RetrieveModelMixin, StaffViewSet):
    """The shop's evaluations."""

    queryset = Evaluation.objects.none()
    serializer_class = EvaluationSerializer
    filterset_class = EvaluationFilter
    lookup_url_kwarg = "id"
    lookup_value_converter = "str"
    ordering = ("-pk",)

    def get_queryset(self) -> QuerySet[Evaluation]:
        """The shop's own."""
        return Evaluation.objects.filter(shop=conf.shop)

    def get_serializer_class(self) -> type[EvaluationSerializer]:
        """One has its report."""
        return EvaluationSerializer if self.action == "list" else EvaluationWithReportSerializer

    @described(
        operation_id="evaluations_list",
        summary="List evaluations",
        tags=["recommendations"],
        description="The latest first, with their scores. Needs the permission `view_evaluation`.",
        examples=[EVALUATIONS],
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page."""
        return super().list(request, *args, **kwargs)

    @described(
        operation_id="evaluations_retrieve",
        summary="One evaluation with its report",
        tags=["recommendations"],
        description="Needs the permission `view_evaluation`.",
        parameters=[ID],
        examples=[EVALUATION],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        return super().retrieve(request, *args, **kwargs)
