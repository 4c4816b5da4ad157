"""Answers as the OpenAPI document shows them."""

from __future__ import annotations

from typing import Any

PLACE: dict[str, Any] = {
    "country": "FR",
    "country_name": "France",
    "region": "ARA",
    "city": "Lyon",
    "time_zone": "Europe/Paris",
    "local_time": "2026-06-01T14:00:00+02:00",
    "source": "geoip",
    "confidence": "medium",
    "currency": "EUR",
    "language": "en",
    "season": "summer",
    "holidays": [{"slug": "fathers-day", "name": "Father's Day", "date": "2026-06-21"}],
}

ME: dict[str, Any] = {
    "kind": "member",
    "first_name": "Alice",
    "segments": ["loyal", "vip"],
    "place": PLACE,
    "consent": {"profiling": True},
    "needs_consent": False,
}

CONSENT: dict[str, Any] = {
    "needs_consent": True,
    "refused_by_browser": False,
    "notice": {"version": "1", "text": "May we remember what you look at, to show you what fits you?"},
    "purposes": [
        {
            "name": "profiling",
            "title": "personal content from what I look at",
            "meaning": "We remember which pages and products you look at, to show you content and products that fit you.",
            "word": None,
        }
    ],
}
