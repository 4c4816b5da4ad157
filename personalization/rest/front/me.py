"""Who the visitor is, as far as a front may know."""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import get_token
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.rest.front.examples import ME
from personalization.rest.front.place import PlaceSerializer, said_of_place
from personalization.rest.front.subject import visitor_of
from personalization.rest.front.views import FrontView
from personalization.rest.front.visit import KINDS
from personalization.visitor.consent import may_ask, words
from personalization.visitor.told import told_segments
from segmentation.rest.base.schema import described


class MeSerializer(serializers.Serializer[Any]):
    """The visitor."""

    kind = serializers.ChoiceField(KINDS, help_text="New here, here before, or logged in.")
    first_name = serializers.CharField(allow_null=True, help_text="Of a member's account.")
    segments = serializers.ListField(
        child=serializers.CharField(), help_text="Slugs of the published segments they are in; none where they refused profiling."
    )
    place = PlaceSerializer()
    consent = serializers.DictField(
        child=serializers.BooleanField(allow_null=True), help_text="Purpose -> their word; null is no word."
    )
    needs_consent = serializers.BooleanField(help_text="Whether there is a question to ask: `consent/` has its texts.")


class MeView(FrontView):
    """GET alone: what is said of them is changed at `place/` and `consent/`."""

    @described(
        operation_id="me_show",
        summary="Who the visitor is",
        description=(
            "Segments are those that the owner published to fronts. For a session the answer sets Django's CSRF cookie, whose "
            "value goes into the header `X-CSRFToken` of what changes something."
        ),
        responses=MeSerializer,
        examples=[OpenApiExample("A member in France", ME, response_only=True)],
        tags=["front"],
    )
    def get(self, request: Request) -> Response:
        """Them."""
        visitor = visitor_of(request)
        if visitor.token is None:
            get_token(request._request)
        return Response(
            {
                "kind": visitor.kind.value,
                "first_name": (visitor.first_name or None) if visitor.is_member else None,
                "segments": sorted(visitor.segments & told_segments()),
                "place": said_of_place(visitor),
                "consent": words(visitor),
                "needs_consent": may_ask(visitor),
            }
        )
