from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from segmentation.rest.base.callers import stranger
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.rest.base.farm")]


@pytest.fixture(autouse=True)
def rates(configure: Any) -> Iterator[None]:
    configure(API_RATES={"person": (1, 10), "machine": (2, 20), "stranger": (1, 3)})
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield
    cache.clear()


def told(response: Any) -> tuple[int, ...]:
    names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
    return response.status_code, *(int(response[name]) for name in names)


def test_every_answer_says_what_is_left(api) -> None:
    assert told(api.get("/keepers/")) == (200, 10, 9, 1)
    assert told(api.post("/keepers/", {})) == (400, 10, 8, 2)
    assert told(api.get("/keepers/none/")) == (404, 10, 7, 3)
    tag = api.get("/keepers/")["ETag"]
    assert told(api.get("/keepers/", headers={"If-None-Match": tag})) == (304, 10, 5, 5)


def test_who_asks_too_much_waits(api) -> None:
    for _ in range(10):
        api.get("/keepers/")
    response = api.get("/keepers/")
    assert (told(response), response["Retry-After"]) == ((429, 10, 0, 10), "1")
    assert response.json()["type"] == "urn:regulars:problem:throttled"
    with time_machine.travel(NOW + timedelta(seconds=2), tick=False):
        assert told(api.get("/keepers/")) == (200, 10, 1, 9)


def test_what_is_dear_costs_more(api) -> None:
    assert told(api.post("/keepers/crowd/", {"names": []}))[2] == 5
    assert told(api.post("/keepers/crowd/", {"names": []}))[2] == 0
    assert api.post("/keepers/crowd/", {"names": []})["Retry-After"] == "5"


def test_each_token_has_its_own(api, bearer, staff) -> None:
    machines = [bearer(staff), bearer(staff)]
    assert [told(client.get("/keepers/"))[1:3] for client in (api, *machines)] == [(10, 9), (20, 19), (20, 19)]


def test_who_tries_tokens_is_limited_by_address_and_no_header_changes_that(anybody) -> None:
    for number in range(3):
        headers = {
            "Authorization": f"Bearer rgs_{number:043}",
            "X-Forwarded-For": f"192.0.2.{number}",
            "Forwarded": f"for={number}",
        }
        assert anybody.get("/office/", headers=headers).status_code == 401
    assert anybody.get("/office/", headers={"Authorization": "Bearer rgs_x", "X-Forwarded-For": "192.0.2.9"}).status_code == 429
    assert anybody.get("/office/", REMOTE_ADDR="192.0.2.9").status_code == 401


def test_a_condition_is_one_request(api) -> None:
    place = f"/keepers/{api.post('/keepers/', {'name': 'Ann'}).json()['id']}/"
    tag = api.get(place)["ETag"]
    assert told(api.patch(place, {"name": "Anna"}, headers={"If-Match": tag}))[2] == 7


def test_without_limits_nothing_is_said(api, configure) -> None:
    configure(API_RATES={"person": None})
    assert "RateLimit-Limit" not in api.get("/keepers/")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.7", "address:192.0.2.7"),
        ("::ffff:192.0.2.7", "address:192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
        ("", "address:"),
        ("unix:", "address:"),
    ],
)
def test_strangers_are_told_apart_by_what_they_cannot_change(address: str, name: str) -> None:
    assert stranger(address).name == name
