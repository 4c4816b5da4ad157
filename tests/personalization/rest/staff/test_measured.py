from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from personalization.models import Click, ShownList
from tests.cast import NOW
from tests.personalization.measure.conftest import make_shown, make_version
from tests.personalization.rest.staff.conftest import faults
from tests.statements import reading

MEASURED = "/api/measured/"

pytestmark = pytest.mark.django_db


def click(shown: ShownList, *positions: int) -> None:
    for position in positions:
        Click.objects.create(shown=shown, position=position, product_id=shown.products[position - 1], at=NOW)


@pytest.fixture
def lists() -> None:
    click(make_shown("1", "2", at=NOW - timedelta(1), version=make_version(7)), 1, 2)
    make_shown("1", at=NOW - timedelta(2), version=None, strategy="for_you", slot="")
    make_shown("1", at=NOW - timedelta(40))


@time_machine.travel(NOW, tick=False)
def test_the_figures_are_those_of_the_admin(api: Any, lists: None) -> None:
    told = api.get(MEASURED).json()
    assert (told["after"], told["before"]) == ("2026-05-02T13:00:00+01:00", "2026-06-01T13:00:00+01:00")
    assert told["whole"] == {"lists": 2, "items": 3, "clicks": 2, "rate": 1.0}
    assert told["groups"] == [
        {
            "strategy": "for_you",
            "slot": "",
            "version": None,
            "lists": 1,
            "items": 1,
            "clicks": 0,
            "rate": 0.0,
            "places": [{"position": 1, "shown": 1, "clicks": 0, "rate": 0.0}],
        },
        {
            "strategy": "trending",
            "slot": "home",
            "version": 7,
            "lists": 1,
            "items": 2,
            "clicks": 2,
            "rate": 2.0,
            "places": [{"position": place, "shown": 1, "clicks": 1, "rate": 1.0} for place in (1, 2)],
        },
    ]


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("asked", "lists_shown"),
    [
        ({"after": "2026-04-01T00:00:00Z"}, 3),
        ({"after": "2026-04-01T00:00:00Z", "before": "2026-05-01T00:00:00Z"}, 1),
        ({"strategy": "for_you"}, 1),
        ({"slot": "home"}, 1),
        ({"slot": "nowhere"}, 0),
    ],
)
def test_moments_and_groups_are_chosen(api: Any, lists: None, asked: dict[str, str], lists_shown: int) -> None:
    assert api.get(MEASURED, asked).json()["whole"]["lists"] == lists_shown


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"after": "yesterday"}, "after"),
        ({"before": "0001-01-01T00:00:00+14:00"}, "before"),
        ({"after": "9999-12-31T23:59:59-12:00"}, "after"),
        ({"before": "0001-01-02T00:00:00Z"}, "before"),
        ({"after": "1972-12-31T00:00:00Z"}, "after"),
        ({"after": "2026-06-02T00:00:00Z", "before": "2026-06-01T00:00:00Z"}, "before"),
    ],
)
def test_odd_moments_are_refused(api: Any, asked: dict[str, str], parameter: str) -> None:
    assert list(faults(api.get(MEASURED, asked))) == [parameter]


def test_it_takes_two_queries_whatever_was_shown(api: Any, lists: None) -> None:
    with reading(4):
        api.get(MEASURED, {"after": "2026-01-01T00:00:00Z", "before": "2026-12-01T00:00:00Z"})
