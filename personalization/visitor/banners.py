"""What a page may ask of whoever looks, once: about their privacy, and about language and currency."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language_info

from personalization.conf import conf
from personalization.visitor.consent import may_ask
from personalization.visitor.currency import suggest_currency
from personalization.visitor.language import suggest_language
from personalization.visitor.notice import notice_text
from personalization.visitor.who import Visitor


def consent_question(visitor: Visitor) -> dict[str, Any] | None:
    """What the consent banner shows on this page; None where there is nothing to ask."""
    return consent_question_on(visitor, visitor.request.get_full_path(), visitor.request.headers.get("Referer", ""))


def consent_question_on(visitor: Visitor, page: str, came_from: str) -> dict[str, Any] | None:
    """The same on a page that a script speaks for, where somebody came to from `came_from`."""
    if not may_ask(visitor):
        return None
    return {
        "notice": notice_text(),
        "action": reverse("personalization:consent"),
        "next": page,
        "came_from": came_from[:2_000],
    }


def place_question(visitor: Visitor) -> dict[str, Any] | None:
    """What the place banner suggests; None where nothing would change, or an answer was given."""
    visitor.make_personal()
    if visitor.chosen.is_settled:
        return None
    country = visitor.location.country
    accepted = visitor.request.headers.get("Accept-Language", "")
    language = suggest_language(accepted, country, conf.languages, visitor.language)
    suggested = suggest_currency(country, conf.currencies, visitor.local_time.date())
    currency = suggested if suggested != visitor.currency and not visitor.chosen.currency else ""
    if not language and not currency:
        return None
    return {
        "language": get_language_info(language) | {"code": language} if language else None,
        "currency": currency,
        "action": reverse("personalization:place"),
        "next": visitor.request.get_full_path(),
    }
