"""The manners put together: what every REST view of ours inherits, whatever a shop's REST_FRAMEWORK says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from django.db import connections, transaction
from django.utils.cache import patch_vary_headers
from rest_framework.authentication import BaseAuthentication
from rest_framework.filters import BaseFilterBackend
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from segmentation.rest.base import etags, idempotency, limits
from segmentation.rest.base.callers import Caller, caller_of, is_among
from segmentation.rest.base.defaults import OURS, Json, Negotiation, Session
from segmentation.rest.base.filters import Filters
from segmentation.rest.base.pages import CursorPages
from segmentation.rest.base.problems import Handler, Kind, answer_to
from segmentation.rest.base.reading import MOST_BYTES, JsonReader, check_address, check_length
from segmentation.rest.base.rights import IsStaff, ModelRights, NamedRights
from segmentation.rest.base.schema import Schema
from segmentation.rest.base.tokens import Bearer, check_scope
from segmentation.rest.base.versions import CURRENT, HEADER, HeaderVersioning


class Manners(APIView):
    """JSON in and out, problems as RFC 9457 has them, a version, and nothing kept by caches unless the view says so.

    For staff, unless the view says by `authentication_classes` and `permission_classes` whom else it is for.
    """

    settings = OURS
    content_negotiation_class = Negotiation
    renderer_classes = [Json]
    parser_classes = [JsonReader]
    versioning_class = HeaderVersioning
    authentication_classes: Sequence[type[BaseAuthentication]] = [Bearer, Session]
    permission_classes: Sequence[type[BasePermission]] = [IsStaff]
    throttle_classes: Sequence[type[BaseThrottle]] = []
    # A preflight is answered by whoever knows the shop's CORS; of all else the schema tells.
    http_method_names = ["get", "post", "put", "patch", "delete", "head"]
    metadata_class = None
    schema = Schema()
    most_bytes = MOST_BYTES
    """Of a body."""
    only_reads: Sequence[str] = ()
    """Actions or methods that change nothing though they are no GET: a token that only reads may do them."""
    works_in_pieces: Sequence[str] = ()
    """Actions or methods whose work is too long for one transaction, and does no harm when it is done twice."""
    costs: Mapping[str, float] = {}
    """Of actions or methods that are dearer than one of the caller's requests."""
    volatile: Sequence[str] = ()
    """Fields of what a GET answers that change by themselves: nobody's `If-Match` fails because of them."""
    kinds: Mapping[type[Exception], Kind] = {}
    """Errors of this view beside `problems.KINDS`."""
    rule_pointer = ""
    """Where in what is sent the rule stands, so that its problems point there."""

    def get_exception_handler(self) -> Handler:
        return answer_to

    @classmethod
    def as_view(cls, *args: Any, **kwargs: Any) -> Any:
        """With transactions of our own: ATOMIC_REQUESTS would undo what is kept of a request that failed."""
        view = super().as_view(*args, **kwargs)
        for alias in connections:
            transaction.non_atomic_requests(alias)(view)
        return view

    def caller(self, request: Request) -> Caller:
        """Who asks: whom kept answers are kept apart by. Never what the caller says of himself."""
        return caller_of(request)

    def payer(self, request: Request) -> Caller:
        """Whose requests are limited: nobody is to be another one by asking for it."""
        return self.caller(request)

    def hold(self) -> None:
        """Before `If-Match` is compared: lock what the answer is made of, until the end of the transaction."""
        etags.lock(self)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """As DRF does it, with our manners around the work."""
        self.args, self.kwargs = args, kwargs
        self.request = asked = self.initialize_request(request, *args, **kwargs)
        self.headers = self.default_response_headers
        once = None
        try:
            self.initial(asked, *args, **kwargs)
            once = idempotency.begin(asked, self)
            response = self._worked(asked, once)
        except idempotency.Replayed as replayed:
            response = self.finalize_response(asked, replayed.response, *args, **kwargs)
        except Exception as error:
            response = self.finalize_response(asked, self.handle_exception(error), *args, **kwargs)
        if once is not None:
            once.settle(response)
        self.response = response
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Before the work: what cannot be asked, or not so often, or not by whom it is asked, is refused."""
        check_address(request, kwargs)
        check_length(request)
        self.format_kwarg = None
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)
        request.version, request.versioning_scheme = self.determine_version(request, *args, **kwargs)
        try:
            self.perform_authentication(request)
        finally:  # whoever tries tokens is limited too
            limits.take(request, self)
        self.check_permissions(request)
        self.check_throttles(request)
        check_scope(request, self)

    def _worked(self, request: Request, once: idempotency.Once | None) -> Any:
        """The answer of the method that is asked for. What changes something is done as a whole, or not at all."""
        name = str(request.method).lower()
        known = name in self.http_method_names
        handler = getattr(self, name, self.http_method_not_allowed) if known else self.http_method_not_allowed
        is_whole = request.method not in SAFE_METHODS and not is_among((*self.only_reads, *self.works_in_pieces), request, self)
        with transaction.atomic() if is_whole else nullcontext():
            etags.check(request, self)
            response = handler(request, *self.args, **self.kwargs)
            response = self.finalize_response(request, response, *self.args, **self.kwargs)
            if response.status_code >= 400 and is_whole:
                transaction.set_rollback(True)
            elif response.status_code < 400 and once is not None:
                once.keep(response)
        return response

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.setdefault(HEADER, getattr(request, "version", None) or CURRENT)
        response.setdefault("Cache-Control", "private, no-cache")
        response.setdefault("X-Content-Type-Options", "nosniff")
        # A cache that is nobody's own must not give one caller what it got for another.
        patch_vary_headers(response, (HEADER, "Authorization", "Cookie") if "private" in response["Cache-Control"] else (HEADER,))
        limits.tell(request, response)
        etags.tag(response, self.request._request if isinstance(self.request, Request) else self.request, self.volatile)
        return response


class StaffManners(Manners):
    """For people who may enter the admin, and for machines that act for one of them.

    `rights` says which permissions what is done needs beside those of the model: action or method -> names.
    """

    permission_classes = [IsStaff, NamedRights]
    rights: Mapping[str, Sequence[str]] = {}


class StaffView(StaffManners):
    """A page of its own, with `get`, `post` and the like."""


class StaffViewSet(StaffManners, GenericViewSet):  # type: ignore[type-arg]
    """A resource, with the mixins of DRF for what can be done to it."""

    permission_classes = [IsStaff, ModelRights, NamedRights]
    pagination_class = CursorPages
    filter_backends: Sequence[type[BaseFilterBackend]] = [Filters]


__all__ = ["Manners", "Request", "Response", "StaffManners", "StaffView", "StaffViewSet"]
