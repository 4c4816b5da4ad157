"""`GET schema/`: the OpenAPI document of all that is mounted of ours."""

from __future__ import annotations

from rest_framework.permissions import AllowAny

from segmentation.rest.base.schema import described, document
from segmentation.rest.base.views import Manners, Request, Response


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
    )
    def get(self, request: Request) -> Response:
        """The document."""
        return Response(document(getattr(request._request, "urlconf", None)), headers={"Cache-Control": "public, no-cache"})
