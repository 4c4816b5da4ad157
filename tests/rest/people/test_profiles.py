from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from segmentation.models import Profile, Segment
from segmentation.profiles.consents import say
from tests.rest.people.conftest import address, person, rows
from tests.statements import reading

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
MORNING = {"created_at": AT}


def made(customer_id: str, **fields: Any) -> Profile:
    return Profile.objects.create(key=f"user:{customer_id}", kind="user", customer_id=customer_id, **{**MORNING, **fields})


def keys(client: Client, **query: Any) -> set[str]:
    return {row["key"] for row in rows(client, address(), **query)}


def test_a_customer(looking: Client) -> None:
    made("17", profiling=True, seen_at=AT)
    said = looking.get(address("user:17"))
    assert said.json() == {
        "key": "user:17",
        "url": "http://testserver/api/profiles/user:17/",
        "kind": "user",
        "customer_id": "17",
        "email": None,
        "profiling": True,
        "created_at": "2026-03-01T12:00:00Z",
        "seen_at": "2026-03-01T12:00:00Z",
        "gone_at": None,
        "merged_into": None,
        "consents": {"profiling": None, "newsletter": None, "open_tracking": None, "sms": None, "personal_prices": None},
    }


def test_the_last_words_of_whoever_it_is_by_now(looking: Client) -> None:
    alice = made("17")
    say(alice, "sms", True, now=AT, method="account")
    say(alice, "sms", False, now=AT, method="account")
    guest = Profile.objects.create(key="guest:1", kind="guest", email="a@b.test", merged_into=alice, **MORNING)
    said = looking.get(address(guest.key)).json()
    assert (said["merged_into"], said["consents"]["sms"], said["consents"]["newsletter"]) == ("user:17", False, None)


@pytest.mark.parametrize(
    "customer_id",
    [
        "a/b",
        "7/segments",
        "7/explain/vip",
        "7/merges/3/undo",
        "a//b",
        "a/",
        "/",
        "../x",
        "50%",
        "100%41",
        "a%2Fb",
        "a b+c",
        "é:ü",
        "?#&",
        "\n",
        ".",
    ],
)
def test_a_key_of_any_characters_has_an_address(looking: Client, customer_id: str) -> None:
    made(customer_id)
    (row,) = rows(looking, address())
    assert row["customer_id"] == customer_id
    assert looking.get(row["url"]).json()["key"] == f"user:{customer_id}"


@pytest.mark.parametrize("customer_id", ["a/b", "50%", "100%41", "a%2Fb", "a b+c", "é:ü", "?#&", "\n", "a//b"])
def test_and_clients_that_encode_it_once_find_it(looking: Client, customer_id: str) -> None:
    made(customer_id)
    assert looking.get(address(f"user:{customer_id}")).json()["customer_id"] == customer_id
    assert rows(looking, address(f"user:{customer_id}", "segments")) == []


def test_of_two_that_could_be_meant_it_is_the_one_as_it_stands(looking: Client) -> None:
    made("a/b")
    made("a%2Fb")
    assert looking.get(address("user:a%2Fb")).json()["customer_id"] == "a%2Fb"


@pytest.mark.parametrize("key", ["user:0", "17", "nobody", "user:17%00", "user:1\0"])
def test_nobody(looking: Client, key: str) -> None:
    made("17")
    response = looking.get(address(key))
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_another_shops(looking: Client) -> None:
    made("17", shop="other")
    assert keys(looking) == set()
    for rest in ("", "segments", "timeline", "scores", "consents", "merges", "explain/any"):
        assert looking.get(address("user:17", *filter(None, [rest]))).status_code in (404, 403 if rest == "scores" else 404)


# Finding


def test_people_are_found_by_what_names_them(looking: Client, buyers: Segment) -> None:
    alice, gina = person("alice"), person("gina")
    assert keys(looking) == {alice.key, person("bob").key, gina.key}
    assert keys(looking, key=alice.key) == {alice.key}
    assert keys(looking, customer_id=alice.customer_id) == {alice.key}
    assert keys(looking, email=" GINA@mail.test") == {gina.key}
    assert keys(looking, email="Alice@shop.test") == {alice.key}
    assert keys(looking, email="nobody@shop.test") == set()
    assert keys(looking, search="gina@mail.test") == keys(looking, search=gina.key) == {gina.key}
    assert keys(looking, search=alice.customer_id[:1]) >= {alice.key}
    assert keys(looking, search="mail.test") == set()


def test_by_kind_segment_and_word(staff: Callable[..., Client], loyal: Segment, buyers: Segment) -> None:
    looking = staff("view_profile", "view_membership")
    Profile.objects.filter(key=person("bob").key).update(profiling=False)
    assert keys(looking, segment="loyal") == {person("alice").key}
    assert keys(looking, segment="buyers", kind="guest") == {person("gina").key}
    assert keys(looking, segment="nothing") == set()
    assert keys(looking, profiling="false") == {person("bob").key}
    assert keys(looking, profiling="unknown") == {person("alice").key, person("gina").key}


def test_members_are_listed_to_those_who_may_see_members(looking: Client, loyal: Segment) -> None:
    assert looking.get(address(), {"segment": "loyal"}).status_code == 403
    assert looking.get(address(), {"segment": ""}).status_code == 200


def test_by_time_and_presence(looking: Client) -> None:
    made("1", seen_at=AT)
    made("2", created_at=AT.replace(day=2), gone_at=AT)
    made("3", merged_into=made("4"))
    assert keys(looking, created_after="2026-03-02") == {"user:2"}
    assert keys(looking, created_before="2026-03-01T13:00:00+01:00", seen_after="2026-01-01") == set()
    assert keys(looking, created_before="2026-03-01T13:00:01+01:00", seen_before="2026-03-01T12:00:01Z") == {"user:1"}
    assert keys(looking, seen_before="4266-09-23T15:53:12+17:22") == {"user:1"}
    assert keys(looking, is_present="true") == {"user:1", "user:4"}
    assert keys(looking, is_present="false") == {"user:2", "user:3"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "alien"),
        ("profiling", "maybe"),
        ("email", "gina"),
        ("created_after", "0001-01-01T00:00:00+14:00"),
        ("seen_before", "9999-12-31T23:59:59-12:00"),
        ("seen_before", "soon"),
        ("search", "a\0b"),
        ("cursor", "x"),
    ],
)
def test_what_cannot_be_asked(looking: Client, name: str, value: str) -> None:
    response = looking.get(address(), {name: value})
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [name]


def test_a_shop_that_cannot_answer_is_told(looking: Client, people: None, configure: Callable[..., None]) -> None:
    made("17")
    configure(SOURCE="nowhere.Shop")
    assert keys(looking, search="user:17") == {"user:17"}
    assert looking.get(address(), {"email": "alice@shop.test"}).status_code == 503


# Rights


def test_whoever_is_not_known_is_asked_who_they_are(client: Client, buyers: Segment) -> None:
    for rest in ((), ("segments",), ("timeline",), ("consents",), ("merges",), ("scores",), ("explain", "buyers")):
        assert client.get(address(person("alice").key, *rest)).status_code == 401
    assert client.get(address()).status_code == 401


def test_looking_needs_the_right(staff: Callable[..., Client], buyers: Segment) -> None:
    browser = staff("view_segment", "view_membership")
    for rest in ((), ("segments",), ("timeline",), ("consents",), ("merges",), ("scores",), ("explain", "buyers")):
        assert browser.get(address(person("alice").key, *rest)).status_code == 403
        assert browser.head(address(person("alice").key, *rest)).status_code == 403
    assert browser.get(address()).status_code == 403


def test_addresses_are_masked(looking: Client, buyers: Segment) -> None:
    assert {row["email"] for row in rows(looking, address())} == {None, "g•••@mail.test"}
    assert looking.get(address(person("gina").key)).json()["email"] == "g•••@mail.test"


def test_unless_one_may_see_them(staff: Callable[..., Client], buyers: Segment) -> None:
    browser = staff("view_profile", "view_email")
    assert {row["email"] for row in rows(browser, address())} == {None, "gina@mail.test"}


def test_nobody_changes_a_profile(admin: Client, buyers: Segment) -> None:
    for change in (admin.put, admin.patch, admin.delete, admin.post):
        assert change(address(person("alice").key), {"email": "x@y.test"}, content_type="application/json").status_code == 405


def test_a_list_costs_as_much_as_a_row(looking: Client) -> None:
    made("0", merged_into=made("1"))
    looking.get(address())
    with reading(5):  # session, user, two of permissions, the page
        assert len(rows(looking, address())) == 2
    for number in range(2, 50):
        made(str(number), merged_into=Profile.objects.first())
    with reading(5):
        assert len(rows(looking, address())) == 50
