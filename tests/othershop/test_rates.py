"""Dollars and euros in one sum, once there is a rate for the day of the purchase."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from segmentation.membership import refresh
from segmentation.rules import dump, parse
from tests.oracle import members as oracle_members
from tests.othershop.asking import ask, members
from tests.othershop.cast import CAST, DUQUE, NOW, keys
from tests.othershop.world import build, oracle

RATES = {"EUR": {"2026-04-01": "1.2", "2026-05-22": "1.25"}}

# Half an hour before midnight in Santiago, when it is 22 May in London.
LATE = {
    "number": "E3",
    "buyer": "eva",
    "made_at": datetime(2026, 5, 22, 3, 30, tzinfo=UTC),
    "money": "EUR",
    "items": (("M1", 3, 1000),),
}
# Before the first rate.
EARLY = {**LATE, "number": "F2", "buyer": "finn", "made_at": datetime(2026, 3, 31, 12, tzinfo=UTC)}

WORLD = replace(CAST, purchases=(*CAST.purchases, LATE, EARLY))

RULES = {
    # 35.98 + 30.47 dollars, and 18 euros on 22 May.
    "orders.sum(total) = 88.95": keys("ana"),
    "spend.sum(amount) = 88.95": keys("ana"),
    # 10 euros on 17 May and 30 on the 21st, at 1.20.
    "orders.sum(total) = 48": keys("eva"),
    "order_lines.max(line_total) = 36": keys("eva"),
    "orders.sum(total) > 70": keys("ana", DUQUE),
    "orders.sum(total) >= 0": keys("ana", "caro", "eva", DUQUE, "eva@shop.test"),
    "orders.sum(total, last 30 days) is not set": keys("finn"),
}


@pytest.fixture
def rated(othershop: None, configure) -> None:
    configure(RATES=RATES)


def test_the_oracle_counts_as_we_do_by_hand() -> None:
    rates = {"EUR": [(date(2026, 4, 1), Decimal("1.2")), (date(2026, 5, 22), Decimal("1.25"))]}
    shop = oracle(WORLD, rates)
    assert {rule: oracle_members(dump(parse(rule)), shop, NOW) for rule in RULES} == RULES


@pytest.mark.usefixtures("rated")
def test_a_refresh() -> None:
    build(WORLD)
    slugs = ask(RULES)
    refresh(now=NOW)

    assert members(slugs) == RULES


@pytest.mark.usefixtures("rated")
def test_at_once(commit) -> None:
    slugs = ask(RULES)
    with commit():
        build(WORLD)

    assert members(slugs) == RULES


def test_without_rates_only_dollars_are_known(othershop) -> None:
    build(WORLD)
    slugs = ask(["orders.sum(total) >= 0", "orders.max(total) < 0 if unknown yes"])
    refresh(now=NOW)

    assert list(members(slugs).values()) == [
        keys("caro", DUQUE, "eva@shop.test"),
        keys("ana", "caro", "eva", "finn"),
    ]
