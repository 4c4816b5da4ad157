"""How the OpenAPI document says what fronts tell, and what they are answered. Events themselves are read by msgspec."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from personalization.collecting.batch import MOST_EVENTS
from personalization.collecting.event import KINDS
from personalization.collecting.taking import NOT_FOLLOWED, NOT_KNOWN_YET
from segmentation.rest.base.strict import Strict


class EventSerializer(Strict):
    """Something the visitor did. What a kind says beside id, kind and at, docs/events.md has in a table."""

    id = serializers.RegexField(
        r"^[A-Za-z0-9_.:-]{8,64}$", help_text="The front's own name for it, such as a UUID: what is sent twice is taken once."
    )
    kind = serializers.CharField(max_length=32, help_text=f"{', '.join(KINDS)}, or a word of the shop's EVENT_KINDS.")
    at = serializers.DateTimeField(required=False, help_text="By the visitor's clock; now unless given.")
    product = serializers.CharField(required=False, max_length=240)
    category = serializers.CharField(required=False, max_length=240)
    query = serializers.CharField(required=False, max_length=200, help_text="What was searched for.")
    value = serializers.DecimalField(required=False, max_digits=18, decimal_places=4)
    page = serializers.CharField(required=False, max_length=2000, help_text="Of a visit: the page it began with.")
    referrer = serializers.CharField(required=False, max_length=2000, help_text="Of a visit: the page before; its host is kept.")
    shown = serializers.CharField(required=False, max_length=64, help_text="Of a click: the token of the recommended list.")
    place = serializers.IntegerField(required=False, min_value=1, max_value=99, help_text="Of a click: its place in the list.")


class BatchSerializer(Strict):
    """What is sent at once; 64 kB at most."""

    events = EventSerializer(many=True, help_text=f"{MOST_EVENTS} at most.")
    sent_at = serializers.DateTimeField(
        required=False, help_text="The visitor's clock as it is sent: with it a wrong clock does no harm."
    )


class FailedEventSerializer(serializers.Serializer[Any]):
    """One that was not taken."""

    pointer = serializers.CharField(help_text="JSON pointer to what is wrong.")
    detail = serializers.CharField()
    code = serializers.CharField()


class TakenSerializer(serializers.Serializer[Any]):
    """What became of a batch."""

    accepted = serializers.IntegerField(help_text="Events that are written now.")
    repeated = serializers.IntegerField(help_text="Events that were taken before.")
    failed = FailedEventSerializer(many=True, help_text="Do not send them again as they are.")
    reason = serializers.ChoiceField([NOT_FOLLOWED, NOT_KNOWN_YET], allow_null=True, help_text="Why nothing is kept of them.")


EXAMPLES = [
    OpenApiExample(
        "A view and a search",
        {
            "sent_at": "2026-06-01T12:00:05Z",
            "events": [
                {
                    "id": "5f0c7a52-31c9",
                    "kind": "view",
                    "at": "2026-06-01T12:00:01Z",
                    "product": "LAMP",
                    "category": "Lamps",
                },
                {"id": "0a4be3f1-77d0", "kind": "search", "at": "2026-06-01T12:00:04Z", "query": "red lamp"},
            ],
        },
        request_only=True,
    ),
    OpenApiExample(
        "One taken, one not",
        {
            "accepted": 1,
            "repeated": 0,
            "failed": [
                {"pointer": "/events/1/kind", "detail": "The shop itself tells what was ordered and paid.", "code": "server-only"}
            ],
            "reason": None,
        },
        response_only=True,
        status_codes=["202"],
    ),
]
