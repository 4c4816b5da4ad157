"""`status`, `versions`, `switch` and `popularity`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from personalization.models import RecommendationList, RecommenderVersion
from tests.cast import NOW, ago
from tests.personalization.recommend.training.conftest import scored

State = RecommenderVersion.State
CARD = {
    "data": {"people": 1234, "products": 5, "lines": 77},
    "coverage": 0.5,
    "report": {"tasks": {"next": scored(0.25), "new": scored(0.125)}},
}


def test_the_served_version(version, personalization):
    version(7, activated_at=ago(1), started_at=ago(1), popular_at=ago(0.25), card=CARD)
    ran = personalization("status")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "version 7 is served since 2026-05-31 13:00",
        "trained 2026-05-31 13:00, popularity of 2026-06-01 07:00",
        "people 1,234, products 5, coverage 50.0%",
    ]
    data = personalization("status", "--json").data
    assert (data["number"], data["coverage"], data["training"], data["alarms"]) == (7, 0.5, None, [])


@pytest.mark.parametrize(
    ("rows", "alarm"),
    [
        ([], "no version is served: train one"),
        ([(1, State.READY, 1, "")], "no version is served: train one"),
        ([(1, State.ACTIVE, 4, "")], "the version that is served was trained 4 days ago"),
        ([(1, State.ACTIVE, 1, ""), (2, State.REFUSED, 0, "Worse.")], "version 2 is not served: Worse."),
        ([(1, State.ACTIVE, 1, ""), (2, State.FAILED, 0, "No orders.")], "version 2 is not served: No orders."),
    ],
)
def test_what_must_be_looked_at(db, version, personalization, rows, alarm):
    for number, state, days, why in rows:
        version(number, state, started_at=ago(days), why=why)
    ran = personalization("status")
    assert ran.code == 1
    assert f"ALARM: {alarm}" in ran.out


def test_one_in_training(version, personalization):
    version(1, started_at=ago(1))
    version(2, State.TRAINING, progress=40)
    ran = personalization("status")
    assert (ran.code, "version 2 is in training: 40 % done" in ran.out) == (0, True)


def test_all_versions(version, personalization):
    version(1, State.READY, card=CARD, started_at=ago(2))
    version(2, card={}, started_at=NOW, why="Because.")
    version(1, shop="second")
    ran = personalization("versions")
    assert ran.lines[1:] == [
        ["2", "active", "2026-06-01", "13:00", *["–"] * 6, "Because."],  # noqa: RUF001  an en dash is meant
        ["1", "ready", "2026-05-30", "13:00", "1,234", "77", "0.2500", "0.1250", "–", "50.0%"],  # noqa: RUF001
    ]
    assert [row["number"] for row in personalization("versions", "--json").data] == [2, 1]


def test_none_yet(db, personalization):
    assert personalization("versions").out == "no version was trained yet\n"
    assert personalization("versions", "--json").data == []


def test_a_switch(version, personalization):
    version(1, State.READY)
    version(2)
    ran = personalization("switch", "1")
    assert (ran.out, ran.code) == ("version 1 is served\n", 0)
    assert dict(RecommenderVersion.objects.values_list("number", "state")) == {1: State.ACTIVE, 2: State.READY}


@pytest.mark.parametrize(
    ("number", "message"), [("9", "there is no version 9; there are 1, 2"), ("2", "version 2 has no lists: it cannot be served")]
)
def test_a_switch_that_cannot_be(version, personalization, number, message):
    version(1)
    version(2, State.FAILED)
    ran = personalization("switch", number)
    assert (ran.out, ran.err, ran.code) == ("", message, 1)


def test_no_version_to_switch_to(db, personalization):
    assert personalization("switch", "1").err == "there is no version 1; there are none yet"


def test_popularity(bought, goods, version, personalization):
    version(1, popular_at=NOW - timedelta(days=1))
    personalization("popularity")
    type(goods[0]).objects.filter(pk=goods[0].pk).update(price=1)
    ran = personalization("popularity", "--json")
    assert ran.data == {"number": 1, "popular_at": "2026-06-01T13:00:00+01:00", "better": 1}
    assert RecommenderVersion.objects.get().popular_at == NOW
    assert f'"{goods[0].pk}"' in RecommendationList.objects.get(key="shelf:price_drop").packed


def test_popularity_of_nothing(bought, personalization):
    ran = personalization("popularity")
    assert (ran.out, ran.err, ran.code) == ("", "no version is served: train one first", 1)
