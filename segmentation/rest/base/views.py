"""The manners put together: what every REST view of ours inherits, whatever a shop's REST_FRAMEWORK says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from segmentation.rest.base.pages import CursorPages
from segmentation.rest.base.problems import Handler, Kind, answer_to
from segmentation.rest.base.rights import IsStaff, ModelRights, NamedRights
from segmentation.rest.base.schema import Schema
from segmentation.rest.base.versions import CURRENT, HEADER, HeaderVersioning


class Manners(APIView):
    """JSON in and out, problems as RFC 9457 has them, a version, and nothing kept by caches unless the view says so."""

    renderer_classes = [JSONRenderer]
    parser_classes = [JSONParser]
    versioning_class = HeaderVersioning
    schema = Schema()
    kinds: Mapping[type[Exception], Kind] = {}
    """Errors of this view beside `problems.KINDS`."""
    rule_pointer = ""
    """Where in what is sent the rule stands, so that its problems point there."""

    def get_exception_handler(self) -> Handler:
        return answer_to

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.setdefault(HEADER, getattr(request, "version", None) or CURRENT)
        response.setdefault("Cache-Control", "private, no-cache")
        return response


class StaffManners(Manners):
    """For people who may enter the admin, and for machines that act for one of them.

    `rights` says which permissions what is done needs beside those of the model: action or method -> names.
    """

    authentication_classes: Sequence[type[BaseAuthentication]] = [SessionAuthentication]
    permission_classes: Sequence[type[BasePermission]] = [IsStaff, NamedRights]
    throttle_classes: Sequence[type[BaseThrottle]] = []
    rights: Mapping[str, Sequence[str]] = {}


class StaffView(StaffManners):
    """A page of its own, with `get`, `post` and the like."""


class StaffViewSet(StaffManners, GenericViewSet):  # type: ignore[type-arg]
    """A resource, with the mixins of DRF for what can be done to it."""

    permission_classes = [IsStaff, ModelRights, NamedRights]
    pagination_class = CursorPages


__all__ = ["Manners", "Request", "Response", "StaffManners", "StaffView", "StaffViewSet"]
