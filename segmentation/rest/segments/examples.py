"""Requests and answers as the OpenAPI document shows them: those of docs/rest-segments.md."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

RULE = {
    "version": 1,
    "semantics": 1,
    "base_currency": "GBP",
    "combinator": "and",
    "rules": [
        {"kind": "behaviour", "field": "orders", "measure": "count", "operator": ">=", "value": "3"},
        {
            "kind": "behaviour",
            "field": "orders",
            "measure": "count",
            "window": {"last": 90, "unit": "day"},
            "operator": ">=",
            "value": "1",
        },
    ],
}
TEXT = "orders.count() >= 3 and orders.count(last 90 days) >= 1"
SENTENCE = "Customers who match all of: at least 3 orders; at least 1 order in the last 90 days."

LISTED: dict[str, Any] = {
    "slug": "loyal",
    "name": "Loyal customers",
    "state": "live",
    "size": 742,
    "share": 0.1697,
    "refreshed_at": "2026-06-01T13:00:00+01:00",
    "is_published": True,
}
SHOWN: dict[str, Any] = {
    "slug": "loyal",
    "name": "Loyal customers",
    "description": "They stay.",
    "state": "live",
    "is_published": True,
    "version": 1,
    "sentence": SENTENCE,
    "text": TEXT,
    "definition": RULE,
    "size": 742,
    "share": 0.1697,
    "refreshed_at": "2026-06-01T13:00:00+01:00",
    "problem": "",
    "used_by": [],
}


def asked(name: str, value: Any) -> OpenApiExample:
    """Of a request."""
    return OpenApiExample(name, value=value, request_only=True)


def answered(name: str, value: Any, *statuses: str) -> OpenApiExample:
    """Of an answer."""
    return OpenApiExample(name, value=value, response_only=True, status_codes=list(statuses or ("200",)))
