"""A page of a front tells that somebody looks at it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.rest.front.pages import FrontPageSerializer, Page
from personalization.rest.front.subject import visitor_of
from personalization.rest.front.views import FrontView
from personalization.visitor import visits
from personalization.visitor.audience import VisitorKind
from segmentation.rest.base.schema import described

KINDS = [kind.value for kind in VisitorKind]


class VisitSerializer(serializers.Serializer[Any]):
    """The visit that this page is part of."""

    kind = serializers.ChoiceField(KINDS, help_text="New here, here before, or logged in.")
    is_followed = serializers.BooleanField(help_text="Whether what they do may be kept.")
    has_begun = serializers.BooleanField(help_text="Whether a visit began with this page: the last one ended half an hour ago.")


class VisitView(FrontView):
    """PUT, for saying it twice changes nothing."""

    @described(
        operation_id="visit_say",
        summary="Say that somebody looks at a page of the front",
        description=(
            "Begins a visit with where they came from (campaign, search, link), if they may be followed and none is under way. "
            "Call it once when the front opens, and before the first event."
        ),
        request=FrontPageSerializer,
        responses=VisitSerializer,
        examples=[
            OpenApiExample(
                "By a letter", {"page": "/?utm_source=letter", "came_from": "https://mail.example/"}, request_only=True
            ),
            OpenApiExample("First of a visit", {"kind": "new", "is_followed": True, "has_begun": True}, response_only=True),
        ],
        tags=["front"],
    )
    def put(self, request: Request) -> Response:
        """They are here."""
        sent = FrontPageSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        visitor, page = visitor_of(request), Page.of(sent.validated_data)
        has_begun = visits.here(visitor, page.query, page.came_from)
        return Response({"kind": visitor.kind.value, "is_followed": visitor.may_follow, "has_begun": has_begun})
