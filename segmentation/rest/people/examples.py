"""Examples of requests and answers, which the schema and the docs show."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

ALICE = {
    "key": "user:17",
    "url": "https://shop.example/api/profiles/user:17/",
    "kind": "user",
    "customer_id": "17",
    "email": None,
    "profiling": True,
    "created_at": "2025-04-27T12:00:00+02:00",
    "seen_at": "2026-05-31T21:14:03+02:00",
    "gone_at": None,
    "merged_into": None,
}
GINA = {
    **ALICE,
    "key": "guest:0d3c1e0e6c5f4b1d9a4c5d1f0a2b3c4d",
    "url": "https://shop.example/api/profiles/guest:0d3c1e0e6c5f4b1d9a4c5d1f0a2b3c4d/",
    "kind": "guest",
    "customer_id": "",
    "email": "g•••@example.com",
    "profiling": None,
    "seen_at": None,
}
WORDS = {"profiling": True, "newsletter": None, "open_tracking": None, "sms": False, "personal_prices": None}
RECEIPT = {
    "purpose": "newsletter",
    "granted": True,
    "at": "2026-06-01T09:30:00+02:00",
    "method": "phone",
    "source": "call centre",
    "notice_version": "2026-05",
    "notice_hash": "",
    "language": "fr",
}
TURNED_OUT = {
    "id": 41,
    "source": "visitor:Vq3p9yT0b1nKx8sZf2aQ_w",
    "target": "user:17",
    "at": "2026-05-31T21:10:00+02:00",
    "cause": "login",
    "by": None,
    "undone_at": None,
}
LEAF = {
    "path": "/rules/0",
    "sentence": "at least 3 orders in the last 90 days",
    "truth": "true",
    "asked": True,
    "value": "4",
    "limit": "3",
    "evidence": ["1009", "1007", "1004", "1002"],
}
HAPPENED: list[dict[str, Any]] = [
    {
        "kind": "activity",
        "at": "2026-05-31T21:14:03+02:00",
        "deed": "view",
        "product_id": "LAMP",
        "category": "Lamps",
        "query": None,
        "channel": "email",
        "device": "phone",
        "utm_campaign": "spring",
    },
    {"kind": "merge", **TURNED_OUT},
    {
        "kind": "segment",
        "at": "2026-05-02T00:01:07+02:00",
        "entered": True,
        "segment": {"slug": "loyal", "name": "Loyal customers"},
        "cause": "change",
        "version": 3,
    },
]


def answer(value: Any, name: str = "answer") -> OpenApiExample:
    """An answer as it may be; of a list, one of its rows."""
    return OpenApiExample(name, value=value, response_only=True)


PROFILES = answer(GINA)
PERSON = answer({**ALICE, "consents": WORDS})
SEGMENTS = answer({"slug": "loyal", "name": "Loyal customers", "since": "2026-05-02T00:01:07+02:00", "overridden": False})
SCORES = answer(
    {
        "name": "churn",
        "label": "Churn",
        "about": "",
        "value": "0.312000",
        "confidence": 0.8,
        "at": "2026-06-01T04:10:00+02:00",
    }
)
EXPLANATION = answer({"member": True, "since": "2026-05-02T00:01:07+02:00", "leaves": [LEAF]})
TIMELINE = [answer(each, each["kind"]) for each in HAPPENED]
CONSENTS = answer(RECEIPT, "receipt")
CONSENT = answer(RECEIPT)
WORD = OpenApiExample(
    "said by phone",
    value={
        "purpose": "newsletter",
        "granted": True,
        "method": "phone",
        "source": "call centre",
        "notice_version": "2026-05",
        "language": "fr",
    },
    request_only=True,
)
MERGES = answer(TURNED_OUT, "merge")
MERGE = answer({**TURNED_OUT, "undone_at": "2026-06-01T10:00:00+02:00"})
