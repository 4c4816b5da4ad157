from __future__ import annotations

from datetime import timedelta

import pytest

from personalization.measure.report import ClickRate, Place, click_rates
from personalization.models import Click, ShownList
from tests.cast import NOW
from tests.personalization.measure.conftest import make_shown, make_version
from tests.statements import reading

pytestmark = pytest.mark.django_db

MONTH_AGO = NOW - timedelta(30)


def click(shown: ShownList, *positions: int) -> None:
    for position in positions:
        Click.objects.create(shown=shown, position=position, product_id=shown.products[position - 1], at=NOW)


def test_lists_are_counted_by_strategy_slot_and_version() -> None:
    seventh = make_version(7)
    today = NOW - timedelta(hours=1)
    click(make_shown("1", "2", "3", at=today, version=seventh), 1, 3)
    click(make_shown("1", "2", at=today, version=seventh), 1)
    make_shown("1", at=today, version=seventh)
    make_shown("1", at=today, slot="")
    click(make_shown("1", at=today, strategy="for_you"), 1)
    with reading(2):
        found = click_rates(MONTH_AGO, NOW)
    assert found == [
        ClickRate("for_you", "home", None, 1, 1, 1, (Place(1, 1, 1),)),
        ClickRate("trending", "", None, 1, 1, 0, (Place(1, 1, 0),)),
        ClickRate("trending", "home", 7, 3, 6, 3, (Place(1, 3, 2), Place(2, 2, 0), Place(3, 1, 1))),
    ]
    assert found[2].rate == 1.0
    assert [place.rate for place in found[2].places] == [2 / 3, 0.0, 1.0]
    assert found[1].rate == 0.0


def test_only_the_time_asked_for_and_the_own_shop_count() -> None:
    for moment, fields in ((MONTH_AGO, {}), (NOW, {}), (MONTH_AGO - timedelta(1), {}), (MONTH_AGO, {"shop": "other"})):
        click(make_shown("1", at=moment, **fields), 1)
    assert [(rate.lists, rate.clicks) for rate in click_rates(MONTH_AGO, NOW)] == [(1, 1)]


def test_nothing_shown_is_no_rate() -> None:
    assert click_rates(MONTH_AGO, NOW) == []
