"""DRF as it ships: what a shop says of its own API in REST_FRAMEWORK is not about ours."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.settings import DEFAULTS, IMPORT_STRINGS, APISettings

OWN: Any = {"URL_FORMAT_OVERRIDE": None, "UNICODE_JSON": True}
OURS: Any = APISettings(OWN, DEFAULTS, IMPORT_STRINGS)
"""Never empty: APISettings that are given nothing read the shop's."""


class Negotiation(DefaultContentNegotiation):
    """By the header `Accept` alone: no word in the address changes what an answer is."""

    settings = OURS


class Json(JSONRenderer):
    """Compact UTF-8; what is no JSON, as NaN, fails here and not in the client."""

    ensure_ascii = False
    compact = True
    strict = True


class Session(SessionAuthentication):
    """Who is logged in, and, where something is changed, shows the CSRF token."""
