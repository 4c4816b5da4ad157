from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.kernel.columns import LARGEST, MISSING
from segmentation.kernel.moments import Calendar, seconds
from segmentation.store.money import Amounts, Codes, converted

LONDON = Calendar("Europe/London")
DAY = date(2026, 6, 1)
NOON = seconds(datetime(2026, 6, 1, 12, tzinfo=UTC))


def in_base(values: Sequence[object], rate: str | Fraction, *, decimals: int = 2, shift: int = 2) -> list[int | None]:
    """Amounts in dollars at one rate."""
    found = of_dollars(values, rate, decimals, shift)
    assert found.faults == 0
    return [None if value == MISSING else value for value in found.values.tolist()]


def of_dollars(values: Sequence[object], rate: str | Fraction, decimals: int = 2, shift: int = 2):
    return converted(
        Amounts(values, np.zeros(len(values), np.int64), ["USD"], np.full(len(values), NOON), decimals, shift),
        LONDON,
        lambda pairs: {pair: Fraction(rate) for pair in pairs},
    )


def test_the_exact_amount_times_the_exact_rate():
    assert in_base([10.0, 0.01, -3.5, 0], "0.79") == [790, 1, -276, 0]


@pytest.mark.parametrize(
    ("amount", "rate", "cents"),
    [
        ("0.05", "0.1", 0),  # 0.5 of a cent
        ("0.15", "0.1", 2),
        ("0.25", "0.1", 2),
        ("-0.05", "0.1", 0),
        ("-0.15", "0.1", -2),
        ("-0.25", "0.1", -2),
        ("0.25", "0.10000000000001", 3),
        ("0.25", "0.09999999999999", 2),
        ("0.005", "1", 0),
        ("0.015", "1", 2),
        ("1.005", "1", 100),
        ("3", "1/3", 100),
        ("0.01", "1/3", 0),
        ("0.01", "2/3", 1),
        ("9999999999999.99", "1", 999_999_999_999_999),
        ("1234567.89", "157.335", 19424073897),
    ],
)
@pytest.mark.parametrize("as_given", [Decimal, float, str], ids=["decimal", "float", "text"])
def test_it_is_rounded_once_half_even(amount, rate, cents, as_given):
    assert in_base([as_given(amount)], rate) == [cents]


def test_more_decimals_than_the_column_has_are_not_rounded_before():
    assert in_base([0.0149], "100") == [149]
    assert in_base([0.0149, Decimal("0.0149")], "100", decimals=0) == [149, 149]


def test_minor_units():
    assert in_base([1050, 1, -1], "0.5", decimals=0, shift=0) == [525, 0, 0]
    assert in_base([1050], "157.5", decimals=0, shift=-2) == [1654]  # 10.50 in yen: 1653.75
    assert in_base([1000], "0.3078", decimals=0, shift=1) == [3078]  # 10.00 in dinars


def test_large_amounts_and_fine_rates_are_exact_too():
    rate = Fraction(10**17 + 1, 10**17)
    assert of_dollars([123_456_789_012], rate).values.tolist() == [12_345_678_901_200]
    assert of_dollars([0.5], Fraction(1, 2**70)).values.tolist() == [0]


@pytest.mark.parametrize(
    "value",
    ["ten", "", float("inf"), float("nan"), Decimal("NaN"), Decimal("sNaN"), 10**400, Decimal("1E+999999"), LARGEST, [1], object],
    ids=repr,
)
def test_what_is_no_amount_is_missing_and_counted(value):
    found = of_dollars([1.0, value], "0.5")

    assert found.values.tolist() == [50, MISSING]
    assert (found.faults, found.unrated) == (1, {})


def test_next_to_nothing_is_nothing():
    assert in_base([Decimal("1E-999999"), Decimal(0)], "0.5") == [0, 0]


def test_each_row_at_the_rate_of_its_own_day_in_the_shop():
    asked: list[tuple[str, date]] = []

    def find(pairs):
        asked.extend(pairs)
        return {("USD", date(2026, 6, 1)): Fraction(1, 2), ("PLN", date(2026, 6, 2)): Fraction(1, 5)}

    times = [NOON, seconds(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)), NOON, NOON, MISSING]
    amounts = Amounts([1.0] * 5, np.array([1, 2, 2, 1, 1]), ["GBP", "USD", "PLN"], np.array(times), 2, 2)
    found = converted(amounts, LONDON, find)

    assert found.values.tolist() == [50, 20, MISSING, 50, MISSING]  # half past eleven was the next day in London
    assert found.unrated == {"PLN": 1, "USD": 1}
    assert sorted(asked) == [("PLN", date(2026, 6, 1)), ("PLN", date(2026, 6, 2)), ("USD", date(2026, 6, 1))]


def test_no_rows():
    found = of_dollars([], "1")

    assert (found.values.tolist(), found.faults, found.unrated) == ([], 0, {})


def test_codes_of_currencies():
    codes = Codes("eur")

    assert [codes[spelled] for spelled in (None, "", " ", "EUR", " Eur", "usd", "USD ", "PLN", 7)] == [0, 0, 0, 0, 0, 1, 1, 2, 3]
    assert codes.names == ["EUR", "USD", "PLN", "7"]


@given(
    st.lists(st.decimals(min_value=-(10**12), max_value=10**12, places=3), min_size=1, max_size=5),
    st.fractions(min_value=Fraction(1, 10**6), max_value=10**3, max_denominator=10**9).filter(bool),
    st.integers(0, 3),
)
def test_it_is_what_fractions_say(amounts, rate, shift):
    expected = [round(Fraction(amount) * rate * 10**shift) for amount in amounts]
    expected = [one if abs(one) <= LARGEST else MISSING for one in expected]

    for given_as in (Decimal, float):
        found = of_dollars([given_as(amount) for amount in amounts], rate, 3, shift)
        assert found.values.tolist() == expected
