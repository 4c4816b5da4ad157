"""Recommendations: what `{% recommend %}` recommends the same visitor, and telling which of it was opened."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache import cache
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.errors import UnknownStrategy
from personalization.measure.clicked import note_click
from personalization.models import RecommenderVersion
from personalization.recommend.serving.asking import PERSONAL
from personalization.recommend.serving.page import Listing, recommend_on
from personalization.recommend.serving.serve import MOST
from personalization.recommend.strategies.base import Need, Strategy
from personalization.recommend.strategies.registry import STRATEGIES, strategy_of
from personalization.rest.front.at_hand import AtHandSerializer, at_hand_of
from personalization.rest.front.products import EXAMPLE, ShownProductSerializer, said_of_product
from personalization.rest.front.subject import visitor_of
from personalization.rest.front.views import FrontView
from segmentation.rest.base.problems import Kind
from segmentation.rest.base.queries import asked
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict

logger = logging.getLogger(__name__)

LIMIT = 8
VERSION_SECONDS = 60 * 60


class KnownStrategySerializer(serializers.Serializer[Any]):
    """A way to recommend."""

    strategy = serializers.CharField()
    name = serializers.CharField(help_text="What owners call it.")
    heading = serializers.CharField(help_text="What may stand above its list.")
    needs = serializers.ListField(
        child=serializers.ChoiceField([need.value for need in Need]),
        help_text="What it goes by; without it others fill its list.",
    )
    is_personal = serializers.BooleanField(help_text="Whether it goes by who looks, or by what is theirs.")


class KnownStrategiesSerializer(serializers.Serializer[Any]):
    """All of them."""

    strategies = KnownStrategySerializer(many=True)


class RecommendedListSerializer(serializers.Serializer[Any]):
    """A list."""

    strategy = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="Number of the recommender's version; null without one.")
    heading = serializers.CharField(allow_null=True, help_text="What may stand above it; null above an empty list.")
    shown = serializers.CharField(allow_null=True, help_text="Token of the list: clicks are told by it.")
    items = ShownProductSerializer(many=True)


class AskedSerializer(AtHandSerializer):
    """What the page has at hand, and how much is wanted."""

    limit = serializers.IntegerField(required=False, default=LIMIT, min_value=1, max_value=MOST, help_text="Products at most.")


class ClickSerializer(Strict):
    """A product of a list was opened."""

    shown = serializers.CharField(max_length=100, help_text="Token of the list.")
    place = serializers.IntegerField(min_value=1, max_value=99, help_text="`position` of the product in it.")


class StrategiesView(FrontView):
    """What there is to ask for."""

    may_be_public = True

    @described(
        operation_id="recommendations_strategies",
        summary="Strategies that recommend",
        description="With what each goes by: `product`, `basket`, `wishes` and `query` the front says, all else the shop knows.",
        responses=KnownStrategiesSerializer,
        examples=[
            OpenApiExample(
                "One of them",
                {
                    "strategies": [
                        {
                            "strategy": "similar",
                            "name": "Similar",
                            "heading": "Similar",
                            "needs": ["product"],
                            "is_personal": False,
                        }
                    ]
                },
                response_only=True,
            )
        ],
        tags=["front"],
    )
    def get(self, request: Request) -> Response:
        """All of them."""
        return Response({"strategies": [_said_of_strategy(each) for each in STRATEGIES.values()]})


class RecommendationsView(FrontView):
    """A list by one strategy."""

    may_be_public = True
    kinds = {UnknownStrategy: Kind(404, "unknown-strategy")}

    @described(
        operation_id="recommendations_show",
        summary="What a strategy recommends the visitor",
        description="The same that the shop's own pages recommend them. What does not know enough is filled by other strategies.",
        parameters=[AskedSerializer],
        responses=RecommendedListSerializer,
        examples=[
            OpenApiExample(
                "For Alice",
                {
                    "strategy": "for_you",
                    "version": 12,
                    "heading": "For you",
                    "shown": "q1Z1y0OZSxW6Rz3c1kM2Nw0123456789abcdef",
                    "items": [EXAMPLE],
                },
                response_only=True,
            )
        ],
        tags=["front"],
    )
    def get(self, request: Request, strategy: str) -> Response:
        """The list. 404 for a strategy that there is none of."""
        strategy_of(strategy)
        sent = asked(request, AskedSerializer)
        visitor = visitor_of(request)
        at = at_hand_of(sent, visitor.now, request._request)
        listing = recommend_on(request._request, visitor, strategy, now=visitor.now, limit=sent["limit"], **at.given)
        return Response(_said_of_list(listing, is_public=not visitor.is_personal))


class ClicksView(FrontView):
    """Where fronts tell what was opened."""

    @described(
        operation_id="recommendations_clicked",
        summary="Tell that a recommended product was opened",
        description="Counts once, within a day of the list being shown. 204 whether or not it was counted.",
        request=ClickSerializer,
        responses={204: None},
        examples=[
            OpenApiExample("The first", {"shown": "q1Z1y0OZSxW6Rz3c1kM2Nw0123456789abcdef", "place": 1}, request_only=True)
        ],
        tags=["front"],
    )
    def post(self, request: Request) -> Response:
        """It was."""
        sent = ClickSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        visitor = visitor_of(request)
        if not visitor.is_bot:
            try:
                note_click(sent.validated_data["shown"], sent.validated_data["place"], now=visitor.now)
            except Exception:  # the database's, of any kind: a click less
                logger.exception("a click could not be written")
        return Response(status=204)


def _said_of_strategy(strategy: Strategy) -> dict[str, Any]:
    return {
        "strategy": strategy.slug,
        "name": str(strategy.name),
        "heading": str(strategy.heading),
        "needs": sorted(need.value for need in strategy.needs),
        "is_personal": bool(strategy.needs & PERSONAL),
    }


def _said_of_list(listing: Listing, *, is_public: bool) -> dict[str, Any]:
    return {
        "strategy": listing.strategy,
        "version": _number(listing.version),
        "heading": listing.heading or None,
        "shown": None if is_public else listing.uid or None,
        "items": [said_of_product(each) for each in listing],
    }


def _number(version: int | None) -> int | None:
    """The number of a version by its id, which never changes."""
    if version is None:
        return None
    numbers = RecommenderVersion.objects.filter(pk=version).values_list("number", flat=True)
    return cache.get_or_set(f"regulars:version-number:{version}", numbers.first, VERSION_SECONDS)
