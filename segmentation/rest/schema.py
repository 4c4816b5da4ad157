"""`GET schema/`: the OpenAPI document of all that is mounted of ours."""

from __future__ import annotations

from rest_framework.permissions import AllowAny

from segmentation.rest.base.schema import OpenApiExample, described, document
from segmentation.rest.base.views import Manners, Request, Response

BEGINNING = {"openapi": "3.1.0", "info": {"title": "Regulars", "version": "1"}, "paths": {}}


class SchemaView(Manners):
    """For whoever asks: it says what can be asked, and nothing of the shop."""

    authentication_classes = []
    permission_classes = [AllowAny]

    @described(
        operation_id="schema",
        summary="This document",
        description="The OpenAPI 3.1 document of every operation that this shop has mounted, with their addresses here.",
        tags=["schema"],
        responses={200: {"type": "object", "required": ["openapi", "info", "paths"]}},
        examples=[OpenApiExample("Its beginning", BEGINNING, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """The document."""
        return Response(document(getattr(request._request, "urlconf", None)), headers={"Cache-Control": "public, no-cache"})
