"""Fronts on other origins: those that FRONT_ORIGINS names may call, with a visitor's token and never with cookies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.cache import patch_vary_headers

from personalization.conf import conf
from personalization.visitor.token import HEADER

SENT = ("Accept-Language", "API-Version", "Content-Type", "Idempotency-Key", "If-None-Match", HEADER)
"""Headers that a front may send."""

READ = (HEADER, "API-Version", "ETag", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After")
"""Headers of an answer that it may read."""

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
PREFLIGHT_SECONDS = 7_200


def is_allowed(request: HttpRequest) -> bool:
    """Whether the page that calls is of an origin that the shop named."""
    return request.headers.get("Origin", "") in conf.front_origins


def is_preflight(request: HttpRequest) -> bool:
    """Whether a browser asks what it may send."""
    return request.method == "OPTIONS" and "Origin" in request.headers and "Access-Control-Request-Method" in request.headers


def allow(request: HttpRequest, response: Any) -> None:
    """Say on an answer who may read it; nothing where nobody else may, or django-cors-headers said so already."""
    if not conf.front_origins:
        return
    patch_vary_headers(response, ["Origin"])
    if not is_allowed(request) or response.has_header("Access-Control-Allow-Origin"):
        return
    response["Access-Control-Allow-Origin"] = request.headers["Origin"]
    response["Access-Control-Expose-Headers"] = ", ".join(READ)
    if is_preflight(request):
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = ", ".join(SENT)
        response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
