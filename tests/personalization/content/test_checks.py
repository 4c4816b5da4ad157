from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks

CACHE = "django.middleware.cache"
UPDATE, FETCH = f"{CACHE}.UpdateCacheMiddleware", f"{CACHE}.FetchFromCacheMiddleware"
SLOTS = "personalization.middleware.SlotMiddleware"


def ids() -> list[str]:
    return [str(message.id) for message in run_checks(tags=["regulars"]) if str(message.id).startswith("personalization.")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"CONTENT_SECONDS": 5, "STRICT_CACHE": True, "QUIET_PATHS": ["/pay/"], "CONTENT_FALLBACKS": {"pl": ["fr", "en"]}}, []),
        ({"CONTENT_SECONDS": 0.5, "QUIET_PATHS": (), "CONTENT_FALLBACKS": {"pl": []}}, []),
        ({"CONTENT_SECONDS": 0}, ["personalization.E021"]),
        ({"CONTENT_SECONDS": "5"}, ["personalization.E021"]),
        ({"CONTENT_SECONDS": True}, ["personalization.E021"]),
        ({"CONTENT_SECONDS": 86_401}, ["personalization.E021"]),
        ({"CONTENT_FALLBACKS": ["pl"]}, ["personalization.E022"]),
        ({"CONTENT_FALLBACKS": {"pl": "en"}}, ["personalization.E022"]),
        ({"CONTENT_FALLBACKS": {"pl": ["xx"], "yy": []}}, ["personalization.E022", "personalization.E022"]),
        ({"QUIET_PATHS": "/checkout/"}, ["personalization.E023"]),
        ({"QUIET_PATHS": [""]}, ["personalization.E023"]),
        ({"STRICT_CACHE": "yes"}, ["personalization.E024"]),
        ({"SHOWN_DAYS": 1}, []),
        ({"SHOWN_DAYS": 0}, ["personalization.E051"]),
        ({"SHOWN_DAYS": 36_501}, ["personalization.E051"]),
        ({"SHOWN_DAYS": "400"}, ["personalization.E051"]),
        ({"SHOWN_DAYS": True}, ["personalization.E051"]),
        ({"STRICT": True}, ["personalization.E001"]),
    ],
)
def test_settings_that_cannot_work_are_told(settings: Any, written: dict[str, Any], expected: list[str]) -> None:
    settings.PERSONALIZATION = written
    assert ids() == expected


@pytest.mark.parametrize(
    ("middleware", "expected"),
    [
        ([SLOTS], []),
        ([UPDATE, SLOTS, FETCH], []),
        ([UPDATE, FETCH], []),
        ([SLOTS, UPDATE, FETCH], ["personalization.W021"]),
        ([UPDATE, FETCH, SLOTS], ["personalization.W021"]),
    ],
)
def test_the_middleware_must_stand_where_djangos_cache_hears_it(
    settings: Any, middleware: list[str], expected: list[str]
) -> None:
    settings.MIDDLEWARE = middleware
    settings.PERSONALIZATION = {}
    assert [each for each in ids() if each == "personalization.W021"] == expected
