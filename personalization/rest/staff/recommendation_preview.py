"""`recommendations/{strategy}/preview/`: what somebody is recommended, why, and what the rules of the house took out."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.conf import conf
from personalization.recommend.serving.house import RULES
from personalization.recommend.serving.preview import Preview, Situation, preview, rule_text, seen_as
from personalization.recommend.serving.serve import MOST, Recommended
from personalization.recommend.shelf import unknown_products
from personalization.recommend.strategies.base import Why
from personalization.recommend.strategies.registry import STRATEGIES
from personalization.rest.front.products import ShownProductSerializer, said_of_product
from personalization.rest.staff.examples import WISH, WISHED
from personalization.rest.staff.fields import country, product, products
from personalization.rest.staff.parameters import STRATEGY
from personalization.rest.staff.people import ProfileKey
from personalization.rest.staff.rights import PREVIEW
from segmentation.models import Segment
from segmentation.rest.base.history import CHANGE, note
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import StaffView


class RecommendationPreviewSerializer(Strict):
    """For whom, and where; all of it may be left out. A customer brings what is known of her."""

    profile = ProfileKey(help_text="A profile's key.")
    product = product(required=False, help_text="Id of the product whose page it is.")
    basket = products(help_text="Ids of what lies in the cart.")
    query = serializers.CharField(required=False, max_length=200, help_text="What was searched for.")
    segment = serializers.SlugField(required=False, max_length=80)
    country = country(required=False)
    missing = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, help_text="What the cart lacks for free delivery."
    )
    limit = serializers.IntegerField(required=False, default=8, min_value=1, max_value=MOST)

    def validate_segment(self, said: str) -> str:
        """One that is answered."""
        answered = Segment.objects.filter(shop=conf.shop, state__in=[Segment.State.LIVE, Segment.State.BROKEN])
        if not answered.filter(slug=said).exists():
            raise serializers.ValidationError(_("There is no such segment."), code="unknown")
        return said

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Products that the shop has."""
        named = {"product": [attrs["product"]] if "product" in attrs else [], "basket": attrs.get("basket", [])}
        unknown = set(unknown_products([one for each in named.values() for one in each])) if any(named.values()) else set()
        wrong = {name: ", ".join(one for one in ids if one in unknown) for name, ids in named.items()}
        if unknown:
            said = {name: [_("The shop has no products %(ids)s.") % {"ids": ids}] for name, ids in wrong.items() if ids}
            raise serializers.ValidationError(said, code="unknown")
        return attrs


class PreviewedProductSerializer(ShownProductSerializer):
    """A product as fronts are given it, and what is for the shop alone."""

    why = serializers.ChoiceField(choices=[why.value for why in Why])
    about = serializers.CharField(help_text='What `why` is about: a product, a country, a segment, words; or "".')
    score = serializers.FloatField(help_text="Counts within one strategy's answer alone.")


class RemovedProductSerializer(serializers.Serializer[Any]):
    """A product that a rule of the house took out."""

    id = serializers.CharField()
    title = serializers.CharField(help_text='"" where the shop does not have it.')
    source = serializers.CharField()  # type: ignore[assignment]  # a name that DRF has for another thing
    rule = serializers.ChoiceField(choices=list(RULES))
    label = serializers.CharField(help_text="The rule in words.")  # type: ignore[assignment]


class RecommendationPreviewAnswerSerializer(Strict):
    """What is recommended."""

    strategy = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="Number of the version that made it, or null.")
    heading = serializers.CharField(allow_null=True, help_text="What may stand above the list; null above an empty one.")
    items = PreviewedProductSerializer(many=True)
    removed = RemovedProductSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField(), help_text="Why it may not be what one expects, in words.")


class RecommendationPreviewView(StaffView):
    """Whoever previews for a customer is written into the customer's history."""

    rights = {"POST": (PREVIEW,)}
    only_reads = ("POST",)

    @described(
        operation_id="recommendations_preview",
        summary="See what somebody is recommended",
        tags=["recommendations"],
        description=(
            "The products, why each is there, and what the rules of the house took out on the way. Of a customer who may not be "
            "followed nothing is read, as in the shop. Looking for a customer is written into the profile's history. "
            "Needs the permission `preview_recommendations`."
        ),
        parameters=[STRATEGY],
        request=RecommendationPreviewSerializer,
        responses=RecommendationPreviewAnswerSerializer,
        examples=[WISH, WISHED],
    )
    def post(self, request: Request, strategy: str) -> Response:
        """Raises SourceError where the shop cannot be asked."""
        if strategy not in STRATEGIES:
            raise Http404
        asked = RecommendationPreviewSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        person, limit, product = said.pop("profile", None), said.pop("limit"), said.pop("product", "")
        basket = tuple(said.pop("basket", ()))
        situation = Situation(**said, person=person, products=(product,) if product else (), basket=basket)
        found = preview(strategy, situation, limit=limit, now=timezone.now())
        if person is not None:
            note(request, person, CHANGE, seen_as(strategy))
        return Response(RecommendationPreviewAnswerSerializer(_said(found)).data)


def _said(found: Preview) -> dict[str, Any]:
    answer = found.answer
    return {
        "strategy": answer.strategy,
        "version": found.version,
        "heading": answer.heading or None,
        "items": [_item(item) for item in answer.items],
        "removed": [
            {"id": one.product, "title": one.title, "source": one.source, "rule": one.rule, "label": rule_text(one.rule)}
            for one in answer.removed
        ],
        "notes": found.notes,
    }


def _item(item: Recommended) -> dict[str, Any]:
    return {**said_of_product(item), "why": item.why.value, "about": item.about, "score": item.score}
