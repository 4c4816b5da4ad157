"""Examples of requests and answers, which the schema and the docs show."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

THEN = "2026-06-01T03:30:00+01:00"


def sent(value: Any, name: str = "request") -> OpenApiExample:
    """What may be sent."""
    return OpenApiExample(name, value=value, request_only=True)


def answer(value: Any, name: str = "answer", status: int = 200) -> OpenApiExample:
    """An answer as it may be."""
    return OpenApiExample(name, value=value, response_only=True, status_codes=[str(status)])


HERO = {
    "slug": "home-hero",
    "name": "Hero of the home page",
    "description": "",
    "kind": "banner",
    "mode": "fragment",
    "size": "l",
    "is_active": True,
    "popup_delay": 10,
    "popup_scroll": 25,
    "popup_times": 1,
    "popup_days": 7,
    "live_variants": 3,
    "created_at": THEN,
    "updated_at": THEN,
}
SLOTS = answer(HERO)
SLOT = answer(HERO)
SLOT_MADE = answer({**HERO, "live_variants": 0}, status=201)
NEW_SLOT = sent({"slug": "home-hero", "name": "Hero of the home page", "kind": "banner", "size": "l"})
SLOT_CHANGE = sent({"is_active": False})

AUTUMN = {
    "slug": "autumn-fr",
    "slot": "home-hero",
    "name": "Autumn in France",
    "state": "live",
    "priority": 5,
    "is_default": False,
    "any_segments": ["loyal"],
    "all_segments": [],
    "no_segments": ["dormant"],
    "countries": ["FR"],
    "regions": [],
    "seasons": ["autumn"],
    "holidays": [],
    "devices": [],
    "kinds": [],
    "languages": [],
    "starts_at": None,
    "ends_at": None,
    "weekdays": [6, 7],
    "hours_from": None,
    "hours_to": None,
    "body": "fields",
    "heading": "Warm light, {{ first_name }}",
    "text": "",
    "link": "/lamps/",
    "link_text": "To the lamps",
    "image": "",
    "image_alt": "",
    "products": [],
    "strategy": "for_you",
    "limit": 4,
    "liquid": "",
    "translations": {"fr": {"heading": "Une lumière douce"}},
    "created_at": THEN,
    "updated_at": THEN,
}
VARIANTS = answer(AUTUMN)
VARIANT = answer(AUTUMN)
VARIANT_MADE = answer(AUTUMN, status=201)
NEW_VARIANT = sent(
    {
        "slug": "autumn-fr",
        "name": "Autumn in France",
        "state": "live",
        "priority": 5,
        "any_segments": ["loyal"],
        "no_segments": ["dormant"],
        "countries": ["FR"],
        "seasons": ["autumn"],
        "weekdays": [6, 7],
        "heading": "Warm light, {{ first_name }}",
        "link": "/lamps/",
        "link_text": "To the lamps",
        "strategy": "for_you",
        "translations": {"fr": {"heading": "Une lumière douce"}},
    }
)
VARIANT_CHANGE = sent({"state": "paused"})

SLOT_LOOK = sent({"profile": "user:17", "country": "FR", "language": "fr", "device": "phone", "now": "2026-10-03T12:00:00+02:00"})
SLOT_LOOKED = answer(
    {
        "variant": "autumn-fr",
        "html": '<section class="rg-slot">…</section>',
        "problem": "",
        "variants": [
            {
                "slug": "autumn-fr",
                "name": "Autumn in France",
                "is_chosen": True,
                "fits": True,
                "answers": [{"question": "Country", "asked": "France", "said": "France", "holds": True}],
            },
            {"slug": "default", "name": "For all", "is_chosen": False, "fits": True, "answers": []},
        ],
    }
)

WISH = sent({"profile": "user:17", "product": "84", "limit": 1})
WISHED = answer(
    {
        "strategy": "cross_sell",
        "version": 3,
        "heading": "Goes with it",
        "items": [
            {
                "id": "112",
                "title": "Lamp shade, red",
                "url": "/product/112/lamp-shade-red/",
                "image": "/art/product/112.svg",
                "price": "12.50",
                "currency": "GBP",
                "price_text": "12.50\u00a0GBP",
                "position": 1,
                "reason": "Often bought with “Lamp, brass”",
                "source": "cross_sell",
                "why": "together",
                "about": "84",
                "score": 0.42,
            }
        ],
        "removed": [
            {"id": "99", "title": "Bulb", "source": "cross_sell", "rule": "sold_out", "label": "sold out"},
        ],
        "notes": ["Made by version 3."],
    }
)

THIRD: dict[str, Any] = {
    "number": 3,
    "state": "active",
    "started_at": THEN,
    "finished_at": THEN,
    "activated_at": THEN,
    "popular_at": THEN,
    "progress": 100,
    "people": 4338,
    "lines": 396337,
    "next_ndcg_at_10": 0.27,
    "new_ndcg_at_10": 0.118,
    "basket_ndcg_at_10": 0.287,
    "coverage": 0.62,
    "why": "",
}
VERSIONS = answer(THIRD)
SWITCHED = answer(THIRD)
CARD = answer({**THIRD, "card": {"data": {"people": 4338, "lines": 396337}, "coverage": 0.62}})
STATUS = answer(
    {
        "number": 3,
        "activated_at": THEN,
        "trained_at": THEN,
        "popular_at": THEN,
        "people": 4338,
        "products": 3665,
        "coverage": 0.62,
        "training": 4,
        "percent": 35,
        "alarms": [],
    }
)
STARTED = answer({"follow": "https://shop.example/api/recommenders/status/"}, status=202)

EIGHTH: dict[str, Any] = {
    "id": 8,
    "fit_until": "2026-03-01",
    "state": "done",
    "started_at": THEN,
    "finished_at": THEN,
    "progress": 100,
    "people": 3412,
    "products": 2859,
    "lines": 301222,
    "next_ndcg_at_10": 0.27,
    "new_ndcg_at_10": 0.118,
    "basket_ndcg_at_10": 0.287,
    "why": "",
}
EVALUATIONS = answer(EIGHTH)
EVALUATION = answer({**EIGHTH, "report": {"tasks": {"next": {"n": 1898, "ndcg_at_10": 0.27, "recall_at_10": 0.158}}}})

PIN: dict[str, Any] = {
    "id": 5,
    "action": "pin",
    "kind": "product",
    "value": "112",
    "strategy": "for_you",
    "on_product": "",
    "position": 1,
    "factor": "2.00",
    "starts_at": None,
    "ends_at": "2026-12-01T00:00:00+00:00",
    "is_active": True,
    "standing": "holds",
    "created_at": THEN,
}
RULES = answer(PIN)
RULE = answer(PIN)
RULE_MADE = answer(PIN, status=201)
NEW_RULE = sent(
    {"action": "pin", "value": "Lamp shade, red", "strategy": "for_you", "position": 1, "ends_at": "2026-12-01T00:00:00+00:00"}
)
RULE_CHANGE = sent({"is_active": False})

MEASURED = answer(
    {
        "after": "2026-05-02T03:30:00+01:00",
        "before": THEN,
        "whole": {"lists": 200, "items": 800, "clicks": 24, "rate": 0.12},
        "groups": [
            {
                "strategy": "for_you",
                "slot": "home-hero",
                "version": 3,
                "lists": 200,
                "items": 800,
                "clicks": 24,
                "rate": 0.12,
                "places": [{"position": 1, "shown": 200, "clicks": 15, "rate": 0.075}],
            }
        ],
    }
)
