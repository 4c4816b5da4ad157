"""`recommenders/`: trained versions, how well they do, training another, and switching."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from personalization import tasks
from personalization.conf import conf
from personalization.models import RecommenderVersion
from personalization.recommend.training.plain import version_plain
from personalization.recommend.training.status import status
from personalization.recommend.training.switch import switch_to
from personalization.rest.staff.examples import CARD, STARTED, STATUS, SWITCHED, VERSIONS
from personalization.rest.staff.parameters import NUMBER
from personalization.rest.staff.rights import TRAIN, VIEW_VERSION
from personalization.rest.staff.starting import refuse_second, start
from segmentation.rest.base.history import CHANGE, note
from segmentation.rest.base.problems import Failed
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import StaffView, StaffViewSet

State = RecommenderVersion.State


class RecommenderSerializer(Strict):
    """One training at a glance, as `manage.py personalization versions --json` has it. What was not measured is null."""

    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.choices)
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    activated_at = serializers.DateTimeField(allow_null=True)
    popular_at = serializers.DateTimeField(allow_null=True, help_text="When what is popular was last worked out.")
    progress = serializers.IntegerField(help_text="Percent done.")
    people = serializers.IntegerField(allow_null=True)
    lines = serializers.IntegerField(allow_null=True, help_text="Of orders that it learned from.")
    next_ndcg_at_10 = serializers.FloatField(allow_null=True, help_text="Of the next order; 1 is ten right products in order.")
    new_ndcg_at_10 = serializers.FloatField(allow_null=True, help_text="Of what somebody buys for the first time.")
    basket_ndcg_at_10 = serializers.FloatField(allow_null=True, help_text="Of the rest of a basket.")
    coverage = serializers.FloatField(allow_null=True, help_text="Share of the products on sale that anybody is recommended.")
    why = serializers.CharField(help_text="Why it was refused or failed.")

    def to_representation(self, version: RecommenderVersion) -> dict[str, Any]:
        """Of the version's row."""
        return dict(super().to_representation(version_plain(version)))


class RecommenderWithCardSerializer(RecommenderSerializer):
    """With its model card."""

    card = serializers.JSONField(help_text="What it learned from, its models, its test, its cost.")

    def to_representation(self, version: RecommenderVersion) -> dict[str, Any]:
        """The same, and the card as it is kept."""
        plain = version_plain(version) | {"card": version.card}
        return dict(serializers.Serializer.to_representation(self, plain))


class RecommenderStatusSerializer(Strict):
    """As `manage.py personalization status --json` has it; null of what there is none."""

    number = serializers.IntegerField(allow_null=True, help_text="Of the version that is served.")
    activated_at = serializers.DateTimeField(allow_null=True)
    trained_at = serializers.DateTimeField(allow_null=True)
    popular_at = serializers.DateTimeField(allow_null=True)
    people = serializers.IntegerField(allow_null=True)
    products = serializers.IntegerField(allow_null=True)
    coverage = serializers.FloatField(allow_null=True)
    training = serializers.IntegerField(allow_null=True, help_text="Number of the version in training.")
    percent = serializers.IntegerField(allow_null=True, help_text="How far that is.")
    alarms = serializers.ListField(child=serializers.CharField(), help_text="What must be looked at, in words.")


class TrainingAskedSerializer(Strict):
    """Work that a worker was asked for."""

    follow = serializers.URLField(help_text="Where to ask how far it is.")


class VersionFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Every filter narrows."""

    class Meta:
        model = RecommenderVersion
        fields = ["state"]


class RecommenderViewSet(ListModelMixin, RetrieveModelMixin, StaffViewSet):
    """The shop's versions."""

    queryset = RecommenderVersion.objects.none()
    serializer_class = RecommenderSerializer
    filterset_class = VersionFilter
    lookup_field = "number"
    lookup_value_converter = "str"
    ordering = ("-number",)

    def get_queryset(self) -> QuerySet[RecommenderVersion]:
        """The shop's own."""
        return RecommenderVersion.objects.filter(shop=conf.shop)

    def get_serializer_class(self) -> type[RecommenderSerializer]:
        """One has its card."""
        return RecommenderSerializer if self.action == "list" else RecommenderWithCardSerializer

    @described(
        operation_id="recommenders_list",
        summary="List trained versions",
        tags=["recommendations"],
        description="The latest first, with their scores. Needs the permission `view_recommenderversion`.",
        examples=[VERSIONS],
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page."""
        return super().list(request, *args, **kwargs)

    @described(
        operation_id="recommenders_retrieve",
        summary="One version with its model card",
        tags=["recommendations"],
        description="Needs the permission `view_recommenderversion`.",
        parameters=[NUMBER],
        examples=[CARD],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One."""
        return super().retrieve(request, *args, **kwargs)


class StatusView(StaffView):
    """How things stand."""

    rights = {"GET": (VIEW_VERSION,), "HEAD": (VIEW_VERSION,)}

    @described(
        operation_id="recommenders_status",
        summary="How recommendations stand",
        tags=["recommendations"],
        description="What is served, in training, and must be looked at. Needs the permission `view_recommenderversion`.",
        responses=RecommenderStatusSerializer,
        examples=[STATUS],
    )
    def get(self, request: Request) -> Response:
        """As of now."""
        return Response(RecommenderStatusSerializer(asdict(status(now=timezone.now()))).data)


class TrainView(StaffView):
    """Training, by a worker."""

    rights = {"POST": (VIEW_VERSION, TRAIN)}
    works_in_pieces = ("POST",)

    @described(
        operation_id="recommenders_train",
        summary="Train a version",
        tags=["recommendations"],
        description=(
            "A worker trains it, and serves it unless it does worse than the one before. 409 while another is under way, "
            "503 where no worker can be asked. Needs the permissions `view_recommenderversion` and `train_recommender`."
        ),
        request=None,
        responses={202: TrainingAskedSerializer},
        examples=[STARTED],
    )
    def post(self, request: Request) -> Response:
        """202."""
        refuse_second(RecommenderVersion, _("A training is under way already."))
        start(tasks.train_recommender)
        address = request.build_absolute_uri(reverse("personalization-api:recommenders-status"))
        return Response({"follow": address}, status=202, headers={"Location": address})


class SwitchView(StaffView):
    """Serving another version."""

    rights = {"POST": (VIEW_VERSION, TRAIN)}
    works_in_pieces = ("POST",)

    @described(
        operation_id="recommenders_switch",
        summary="Serve this version",
        tags=["recommendations"],
        description=(
            "From now on, back to an older one or forward to one that was refused; twice is once. A worker then reads what the "
            "version has not seen. 409 for one that has no lists. "
            "Needs the permissions `view_recommenderversion` and `train_recommender`."
        ),
        parameters=[NUMBER],
        request=None,
        responses=RecommenderSerializer,
        examples=[SWITCHED],
    )
    def post(self, request: Request, number: str) -> Response:
        """The version, served."""
        version = get_object_or_404(RecommenderVersion, shop=conf.shop, number=number)
        was_served = version.state == State.ACTIVE
        try:
            switch_to(version, now=timezone.now())
        except ValueError as error:
            raise Failed(409, "conflict", str(error)) from error
        if not was_served:
            note(request, version, CHANGE, _("Switched to."))
            start(tasks.catch_up)
        return Response(RecommenderSerializer(version).data)
