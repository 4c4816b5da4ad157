"""How many events are taken, whatever a header says of where they come from."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from segmentation.models import Activity
from segmentation.rest.base.bucket import Bucket
from tests.personalization.rest.test_events import EVENTS, NOON, event, send

pytestmark = pytest.mark.django_db


def many(browser: Client, name: str, count: int = 50, **headers: str) -> Any:
    """A batch of so many."""
    said = {"Sec-Fetch-Site": "same-origin", **{key.replace("_", "-"): value for key, value in headers.items()}}
    return send(browser, *(event(f"{name}-{number}") for number in range(count)), headers=said)


@pytest.fixture
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_a_visitor_has_a_minutes_worth_and_more_by_the_minute(agreed_at_noon, at_noon, personalize):
    personalize(EVENTS_RATE=100)
    assert [many(agreed_at_noon, str(number)).status_code for number in range(3)] == [202, 202, 429]
    refused = many(agreed_at_noon, "3", 10)
    assert (refused.status_code, refused["Retry-After"], refused["Content-Type"]) == (429, "6", "application/problem+json")
    assert refused.json()["type"] == "urn:regulars:problem:too-many-events"
    assert Activity.objects.filter(kind="view").count() == 100
    at_noon.shift(timedelta(seconds=6))
    assert many(agreed_at_noon, "3", 10).status_code == 202


def test_a_quiet_network_is_asked_about_alone(agreed_at_noon, at_noon, personalize, monkeypatch):
    personalize(EVENTS_RATE=100)
    asked: list[str] = []
    take = Bucket.take
    monkeypatch.setattr(Bucket, "take", lambda self, *said: asked.append(self.name) or take(self, *said))
    for number, expected in enumerate((["events-network"], ["events-network"], ["events-network", "events"])):
        asked.clear()
        assert many(agreed_at_noon, str(number), 10).status_code == 202
        assert asked == expected


def test_a_network_is_one_however_many_are_in_it(browser_of, at_noon, personalize, agreeing):
    personalize(EVENTS_NETWORK_RATE=100, TRUSTED_PROXIES=["127.0.0.1/32"])
    first, second, third = (agreeing() for _ in range(3))
    assert many(first, "1", X_Forwarded_For="192.0.2.1").status_code == 202
    assert many(second, "2", X_Forwarded_For="192.0.2.200").status_code == 202
    assert many(third, "3", X_Forwarded_For="192.0.2.77").status_code == 429
    assert many(third, "3", X_Forwarded_For="192.0.3.77").status_code == 202


@pytest.mark.parametrize("trusted", [[], ["127.0.0.1/32"]])
def test_a_header_that_somebody_writes_dodges_nothing(at_noon, personalize, agreeing, trusted):
    personalize(EVENTS_NETWORK_RATE=50, TRUSTED_PROXIES=trusted)
    behind = ", 192.0.2.1" if trusted else ""  # what the shop's own proxy adds
    made_up = [f"198.51.100.{number}" for number in range(3)] + ["", "unknown", "::1", "127.0.0.1"]
    statuses = [
        many(agreeing(), str(number), X_Forwarded_For=f"{said}{behind}", Forwarded=f"for={said}", X_Real_IP=said).status_code
        for number, said in enumerate(made_up)
    ]
    assert statuses == [202] + [429] * 6


def test_nonsense_counts_too(agreed_at_noon, at_noon, personalize):
    personalize(EVENTS_NETWORK_RATE=50)
    headers = {"Sec-Fetch-Site": "same-origin"}
    statuses = [
        agreed_at_noon.post(EVENTS, body, content_type="text/plain", headers=headers).status_code
        for body in ["nonsense"] * 49 + [json.dumps({"events": []})] * 2
    ]
    assert statuses == [400] * 49 + [202, 429]


@pytest.fixture
def agreeing(browser_of: Any) -> Any:
    """Makes browsers of people who agreed."""
    from tests.personalization.conftest import agree

    def make() -> Client:
        made: Client = browser_of()
        agree(made)
        return made

    return make


@pytest.fixture
def agreed_at_noon(at_noon: Any, agreeing: Any) -> Client:
    """One of them."""
    return agreeing()
