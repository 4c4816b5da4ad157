"""Addresses of a resource with every manner of ours: keepers of the zoo, and a desk that says what it was told."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from django_filters import FilterSet, NumberFilter
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter

from segmentation.errors import SegmentError
from segmentation.rest.base.strict import Strict, StrictModel
from segmentation.rest.base.views import Manners, Request, Response, StaffView, StaffViewSet
from tests.sources.zoo.models import Keeper


class BadgeSerializer(Strict):
    label = serializers.CharField(max_length=20)
    price = serializers.DecimalField(6, 2, required=False)


class KeeperSerializer(StrictModel):
    badges = BadgeSerializer(many=True, required=False, write_only=True)

    class Meta:
        model = Keeper
        fields = ["id", "name", "email", "born", "joined", "badges"]
        read_only_fields = ["id"]

    def create(self, validated: dict[str, Any]) -> Keeper:
        validated.pop("badges", None)
        return super().create(validated)

    def update(self, keeper: Keeper, validated: dict[str, Any]) -> Keeper:
        super().update(keeper, validated)
        if keeper.name == "half":
            raise SegmentError("only half of it was done")
        return keeper


class KeeperFilters(FilterSet):
    born_after = NumberFilter("born__year", "gt")

    class Meta:
        model = Keeper
        fields = ["name"]


def saved(serializer: Any) -> None:
    """Where a test of races may hold up whoever changes something."""
    serializer.save()


class Keepers(
    mixins.ListModelMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    StaffViewSet,
):
    queryset = Keeper.objects.all()
    serializer_class = KeeperSerializer
    filterset_class = KeeperFilters
    orderings = {"name": ["name", "id"], "joined": ["joined", "id"], "-joined": ["-joined", "-id"]}
    only_reads = ["look"]
    works_in_pieces = ["crowd"]
    costs = {"crowd": 5}

    def perform_create(self, serializer: Any) -> None:
        saved(serializer)

    def perform_update(self, serializer: Any) -> None:
        saved(serializer)

    @action(detail=False, methods=["post"])
    def look(self, request: Request) -> Response:
        return Response({"seen": request.data})

    @action(detail=False, methods=["post"])
    def crowd(self, request: Request) -> Response:
        """One keeper after the other, whatever is answered."""
        for name in request.data["names"]:
            Keeper.objects.create(name=name)
        return Response({"made": len(request.data["names"])}, status=request.data.get("status", 201))

    @action(detail=False, methods=["post"])
    def fail(self, request: Request) -> Response:
        raise SegmentError("it cannot be") if request.data else ZeroDivisionError


class Desk(Manners):
    """For anybody; says what it was told."""

    authentication_classes = []
    permission_classes = [AllowAny]
    most_bytes = 1000
    only_reads = ["POST"]

    def post(self, request: Request, name: str = "") -> Response:
        return Response({"said": request.data, "version": request.version})

    def get(self, request: Request, name: str = "") -> Response:
        return Response({"asked": request.query_params.dict(), "name": name})


class Office(StaffView):
    """For staff with a right of its own."""

    rights = {"POST": ["regulars_segmentation.view_email"]}

    def get(self, request: Request) -> Response:
        return Response({"who": request.user.pk})

    def post(self, request: Request) -> Response:
        return Response({"who": request.user.pk})


router = SimpleRouter()
router.register("keepers", Keepers)

urlpatterns = [
    path("", include(router.urls)),
    path("desk/", Desk.as_view()),
    path("desk/<str:name>/", Desk.as_view()),
    path("office/", Office.as_view()),
]
