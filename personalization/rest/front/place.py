"""Where a visitor is, and choosing another country or currency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.conf import conf
from personalization.rest.front.examples import PLACE
from personalization.rest.front.subject import visitor_of
from personalization.rest.front.views import FrontView
from personalization.visitor.countries import country_name, country_of
from personalization.visitor.location import Confidence, Source
from personalization.visitor.place_choice import choose_place
from personalization.visitor.season import Season
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict

if TYPE_CHECKING:
    from personalization.visitor.who import Visitor


class HolidaySerializer(serializers.Serializer[Any]):
    """A holiday or retail day near the visitor's."""

    slug = serializers.CharField(help_text="The same in every country and language.")
    name = serializers.CharField(help_text="In the language of the answer.")
    date = serializers.DateField()


class PlaceSerializer(serializers.Serializer[Any]):
    """A place as far as it is known; null is unknown."""

    country = serializers.CharField(allow_null=True, help_text="ISO 3166 code.")
    country_name = serializers.CharField(allow_null=True, help_text="In the language of the answer.")
    region = serializers.CharField(allow_null=True, help_text="Second half of an ISO 3166-2 code.")
    city = serializers.CharField(allow_null=True)
    time_zone = serializers.CharField(allow_null=True, help_text="A name of the IANA database.")
    local_time = serializers.DateTimeField(help_text="Their wall clock, with its offset.")
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a name that DRF has for another thing
        [each.value for each in Source], help_text="Who says where they are."
    )
    confidence = serializers.ChoiceField([each.value for each in Confidence], help_text="How sure that is.")
    currency = serializers.CharField(
        help_text="ISO 4217 code of what they want to see prices in; the shop's, where they chose none."
    )
    language = serializers.CharField(help_text="The language of this answer.")
    season = serializers.ChoiceField([each.value for each in Season], allow_null=True)
    holidays = HolidaySerializer(many=True)


class PlaceChoiceSerializer(Strict):
    """What somebody chooses; "" or null takes a choice back."""

    country = serializers.CharField(
        required=False, allow_blank=True, allow_null=True, max_length=2, help_text="ISO 3166 code, in small letters or capitals."
    )
    currency = serializers.CharField(
        required=False, allow_blank=True, allow_null=True, max_length=3, help_text="One of those that the shop shows prices in."
    )

    def validate_country(self, said: str | None) -> str:
        """A country's code, or ""."""
        if said and not country_of(said):
            raise serializers.ValidationError(_("There is no such country."), "unknown")
        return country_of(said or "")

    def validate_currency(self, said: str | None) -> str:
        """A currency of the shop's, or ""."""
        if said and said not in conf.currencies:
            known = {"known": ", ".join(conf.currencies)}
            raise serializers.ValidationError(_("Prices are shown in %(known)s.") % known, "unknown")
        return said or ""


def said_of_place(visitor: Visitor) -> dict[str, Any]:
    """The place as JSON says it."""
    at = visitor.location
    return {
        "country": at.country or None,
        "country_name": country_name(at.country, visitor.language) if at.country else None,
        "region": at.region or None,
        "city": at.city or None,
        "time_zone": at.time_zone or None,
        "local_time": visitor.local_time.isoformat(timespec="seconds"),
        "source": at.source.value,
        "confidence": at.confidence.value,
        "currency": visitor.currency,
        "language": visitor.language,
        "season": visitor.season.value if visitor.season is not None else None,
        "holidays": [{"slug": day.slug, "name": str(day.name), "date": day.date.isoformat()} for day in visitor.holidays],
    }


class PlaceView(FrontView):
    """GET says where they are, PUT and PATCH choose."""

    @described(
        operation_id="place_show",
        summary="Where the visitor is",
        description="By their own choice, their account, a proxy of the shop, GeoIP, or the shop's word, in this order.",
        responses=PlaceSerializer,
        examples=[OpenApiExample("Lyon", PLACE, response_only=True)],
        tags=["front"],
    )
    def get(self, request: Request) -> Response:
        """The place."""
        return Response(said_of_place(visitor_of(request)))

    @described(
        operation_id="place_choose",
        summary="Choose a country and a currency",
        description="What is not named is taken back: an empty object takes both back. The place that comes of it is the answer.",
        request=PlaceChoiceSerializer,
        responses=PlaceSerializer,
        examples=[
            OpenApiExample("France", {"country": "FR", "currency": "EUR"}, request_only=True),
            OpenApiExample("Lyon", PLACE, response_only=True),
        ],
        tags=["front"],
    )
    def put(self, request: Request) -> Response:
        """Both at once."""
        return self._choose(request, {"country": "", "currency": ""})

    @described(
        operation_id="place_change",
        summary="Choose a country or a currency",
        description="What is not named stays as it is.",
        request=PlaceChoiceSerializer,
        responses=PlaceSerializer,
        examples=[
            OpenApiExample("Prices in zloty", {"currency": "PLN"}, request_only=True),
            OpenApiExample("Lyon", PLACE, response_only=True),
        ],
        tags=["front"],
    )
    def patch(self, request: Request) -> Response:
        """One of them."""
        return self._choose(request, {})

    def _choose(self, request: Request, otherwise: dict[str, str]) -> Response:
        sent = PlaceChoiceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        visitor = visitor_of(request)
        choose_place(visitor, **{**otherwise, **sent.validated_data})
        return Response(said_of_place(visitor))
