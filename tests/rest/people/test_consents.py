from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from segmentation.models import Consent, Profile, Purpose, Segment
from segmentation.profiles.consents import say
from tests.rest.people.conftest import address, person, rows
from tests.sources.test_stored_upsert import LATER, NOW
from tests.statements import reading

SAID = {"purpose": "profiling", "granted": True, "method": "phone", "source": "call", "notice_version": "3", "language": "fr"}


@pytest.fixture
def clerk(staff: Callable[..., Client]) -> Client:
    return staff("view_profile", "add_consent")


def tell(client: Client, key: str, **said: Any) -> Any:
    return client.post(address(key, "consents"), said, content_type="application/json")


@time_machine.travel(NOW, tick=False)
def test_a_word_taken_down(clerk: Client, buyers: Segment) -> None:
    response = tell(clerk, person("alice").key, **SAID, notice_text="We look at…")
    assert response.status_code == 201
    assert response.json() == {
        **SAID,
        "at": "2026-03-01T12:00:00Z",
        "notice_hash": hashlib.sha256("We look at…".encode()).hexdigest(),
    }
    assert person("alice").profiling is True
    assert rows(clerk, address(person("alice").key, "consents")) == [response.json()]


def test_it_is_the_word_of_whoever_they_are_by_now(clerk: Client, buyers: Segment) -> None:
    Profile.objects.create(key="visitor:v", kind="visitor", visitor_id="v", created_at=NOW, merged_into=person("alice"))
    assert tell(clerk, "visitor:v", **SAID).status_code == 201
    assert Consent.objects.get().profile == person("alice")


@pytest.mark.parametrize(
    ("said", "pointers"),
    [
        ({"purpose": "everything"}, {"/purpose"}),
        ({"granted": "yes"}, {"/granted"}),
        ({"granted": None}, {"/granted"}),
        ({"method": ""}, {"/method"}),
        ({"method": "undo"}, {"/method"}),
        ({"method": "x" * 33, "source": "x" * 201}, {"/method", "/source"}),
        ({"at": "2020-01-01T00:00:00Z", "profile": 7}, {"/at", "/profile"}),
        ({"source": "a\0b"}, {"/source"}),
    ],
)
def test_what_cannot_be(clerk: Client, buyers: Segment, said: dict[str, Any], pointers: set[str]) -> None:
    response = tell(clerk, person("alice").key, **{**SAID, **said})
    assert response.status_code == 400
    assert {error["pointer"] for error in response.json()["errors"]} == pointers
    assert not Consent.objects.exists()


def test_the_right_to_say(looking: Client, buyers: Segment) -> None:
    assert tell(looking, person("alice").key, **SAID).status_code == 403


def test_the_latest_first_and_a_word_that_was_taken_back(looking: Client, buyers: Segment) -> None:
    alice = person("alice")
    say(alice, Purpose.SMS, True, now=NOW, method="account")
    say(alice, Purpose.PROFILING, False, now=LATER, method="undo", source="visitor:v")
    found = rows(looking, address(alice.key, "consents"))
    assert [(row["purpose"], row["granted"], row["method"]) for row in found] == [
        ("profiling", None, "undo"),
        ("sms", True, "account"),
    ]


def test_a_list_costs_as_much_as_a_row(looking: Client, buyers: Segment) -> None:
    alice = person("alice")
    for count in (1, 49):
        receipts = [Consent(profile=alice, purpose="sms", granted=True, at=NOW, method="x") for _ in range(count)]
        Consent.objects.bulk_create(receipts)
        with reading(6):
            rows(looking, address(alice.key, "consents"))
