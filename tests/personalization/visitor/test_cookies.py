"""Cookies: signed, each for itself, and only as old as they may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse

from personalization.visitor.cookies import CONSENT, PLACE, VISIT, VISITOR, Jar

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("cookie", [CONSENT, PLACE, VISIT, VISITOR])
def test_it_holds_as_long_as_it_says(cookie):
    with time_machine.travel(NOON, tick=False):
        text = cookie.seal({"a": 1})
    with time_machine.travel(NOON + timedelta(seconds=cookie.seconds), tick=False):
        assert cookie.open(text) == {"a": 1}
    with time_machine.travel(NOON + timedelta(seconds=cookie.seconds + 1), tick=False):
        assert cookie.open(text) is None


def test_an_id_lives_no_longer_than_thirteen_months():
    assert VISITOR.seconds <= 395 * 24 * 3600


def test_one_cookie_does_not_pass_for_another():
    assert VISITOR.open(CONSENT.seal({"id": "x"})) is None


def test_what_is_put_in_is_read_back_and_written():
    jar = Jar({})
    jar.put(PLACE, {"country": "FR"})
    response = HttpResponse()
    jar.apply(response, secure=True)
    assert jar.get(PLACE) == {"country": "FR"} == PLACE.open(response.cookies["rg_place"].value)
    assert response.cookies["rg_place"]["path"] == "/"


def test_what_was_never_there_is_not_deleted():
    jar = Jar({})
    jar.drop(PLACE)
    jar.put(VISIT, {})
    jar.drop(VISIT)
    assert not jar.is_changed


def test_what_was_there_is_deleted():
    jar = Jar({"rg_place": PLACE.seal({})})
    jar.drop(PLACE)
    response = HttpResponse()
    jar.apply(response, secure=False)
    assert jar.get(PLACE) is None
    assert response.cookies["rg_place"]["max-age"] == 0
