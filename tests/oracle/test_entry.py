from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from .entry import enter, named_currency
from .numbers import number
from .worlds import shop

GBP = shop()


@pytest.mark.parametrize(
    ("base", "raw", "entered"),
    [
        ("GBP", "10.005", "10"),
        ("GBP", "10.015", "10.02"),
        ("GBP", "-0.005", "0"),
        ("GBP", "-0.015", "-0.02"),
        ("GBP", "10.0050001", "10.01"),
        ("JPY", "0.5", "0"),
        ("JPY", "1.5", "2"),
        ("JPY", "2.5", "2"),
        ("KWD", "1.0005", "1"),
        ("KWD", "1.0015", "1.002"),
    ],
)
def test_money_is_rounded_half_to_even_to_the_base_currencys_exponent(base: str, raw: str, entered: str) -> None:
    assert enter(Decimal(raw), "orders.total", shop(base_currency=base)) == Fraction(entered)


def test_numbers_keep_the_decimals_of_their_column() -> None:
    assert enter(Decimal("4.125"), "customer.rating", GBP) == Fraction("4.12")
    assert enter(Decimal("4.135"), "customer.rating", GBP) == Fraction("4.14")
    assert enter(Decimal("2.5"), "customer.points", GBP) == 2
    assert enter(7, "customer.points", GBP) == 7


@pytest.mark.parametrize("currency", ["GBP", "gbp", "  Gbp ", None])
def test_amounts_in_the_base_currency_are_known(currency: str | None) -> None:
    assert enter(Decimal("5"), "orders.total", GBP, currency) == 5


def test_amounts_in_another_currency_are_missing() -> None:
    assert enter(Decimal("5"), "orders.total", GBP, "EUR") is None


RATES = {
    "EUR": ((date(2024, 5, 1), Decimal("0.5")), (date(2024, 6, 1), Decimal("0.85"))),
    "jpy ": ((date(2024, 5, 1), Decimal("0.005")),),
}


@pytest.mark.parametrize(
    ("currency", "day", "expected"),
    [
        ("EUR", date(2024, 4, 30), None),
        ("EUR", date(2024, 5, 1), "5"),
        ("eur", date(2024, 5, 31), "5"),
        (" EUR", date(2024, 6, 1), "8.5"),
        ("EUR", date(2030, 1, 1), "8.5"),
        # Without a day there is no rate, and the base needs none.
        ("EUR", None, None),
        ("GBP", None, "10"),
        (None, None, "10"),
        ("JPY", date(2024, 5, 1), "0.05"),
        ("KWD", date(2024, 6, 1), None),
    ],
)
def test_money_is_converted_by_the_latest_rate_on_or_before_its_day(
    currency: str | None, day: date | None, expected: str | None
) -> None:
    rated = shop(settings={"rates": RATES})
    assert enter(Decimal("10"), "orders.total", rated, currency, day) == (expected and Fraction(expected))


def test_converted_money_is_rounded_once() -> None:
    """10.05 at 0.85 is 8.5425; 0.01 at 0.5 is half a penny and goes to the even 0; 0.03 at 0.5 to 0.02."""
    rated, day = shop(settings={"rates": RATES}), date(2024, 6, 1)
    assert enter(Decimal("10.05"), "orders.total", rated, "EUR", day) == Fraction("8.54")
    assert enter(Decimal("0.01"), "orders.total", rated, "EUR", date(2024, 5, 2)) == 0
    assert enter(Decimal("0.03"), "orders.total", rated, "EUR", date(2024, 5, 2)) == Fraction("0.02")
    # The amount itself is not rounded before: 0.015 at 0.85 is 0.01275.
    assert enter(Decimal("0.015"), "orders.total", rated, "EUR", day) == Fraction("0.01")


@pytest.mark.parametrize(
    ("candidates", "expected"), [(("EUR", "GBP"), "EUR"), ((None, "GBP"), "GBP"), ((" ", "GBP"), "GBP"), (("", None), None)]
)
def test_a_blank_currency_is_none(candidates: tuple[str | None, ...], expected: str | None) -> None:
    assert named_currency(*candidates) == expected


@pytest.mark.parametrize("raw", ["", "  ", "\u00a0", None])
def test_blank_text_is_no_value(raw: str | None) -> None:
    assert enter(raw, "customer.country", GBP) is None


def test_known_values_enter_as_they_are() -> None:
    assert enter(" Fr", "customer.country", GBP) == "fr"
    assert enter(False, "customer.accepts_email", GBP) is False
    assert enter(date(2000, 2, 29), "customer.birth_date", GBP) == date(2000, 2, 29)
    moment = datetime(2024, 1, 1, 0, 0, 0, 999_999, tzinfo=UTC)
    assert enter(moment, "customer.joined_at", GBP) == datetime(2024, 1, 1, tzinfo=UTC)
    assert enter((Decimal("48.5"), 2), "customer.place", GBP) == (48.5, 2.0)
    assert enter((91, 2), "customer.place", GBP) is None


def test_sets_hold_distinct_texts() -> None:
    assert enter([" Lamps", "LAMPS", "tea", "", " "], "customer.interests", GBP) == {"lamps", "tea"}
    assert enter([" "], "customer.interests", GBP) == frozenset()
    assert enter([], "customer.interests", GBP) == frozenset()
    assert enter(None, "customer.interests", GBP) is None


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (1, "customer.accepts_email"),
        (datetime(2024, 1, 1, tzinfo=UTC), "customer.birth_date"),
        (1.5, "orders.total"),
        (True, "orders.items"),
    ],
)
def test_a_value_of_another_kind_is_refused(raw: Any, field: str) -> None:
    with pytest.raises(TypeError):
        enter(raw, field, GBP)


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(KeyError):
        enter("x", "orders.colour", GBP)


def test_numbers_of_a_rule_are_exact() -> None:
    assert number("80.50") == Fraction(161, 2)
    assert number(3) == 3
    with pytest.raises(TypeError):
        number(0.1)
