from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from segmentation.sources.rates_given import GivenRates
from segmentation.sources.rates_table import code_of, latest, read_rate

FIRST, SECOND = date(2026, 1, 1), date(2026, 2, 1)
TABLE = [(FIRST, Fraction(1, 2)), (SECOND, Fraction(3))]


@pytest.mark.parametrize("spelled", ["USD", "usd", " Usd\t", "\u00a0USD"])
def test_a_currency_has_one_code(spelled):
    assert code_of(spelled) == "USD"


@pytest.mark.parametrize(
    ("given", "rate"),
    [
        ("0.79", Fraction(79, 100)),
        (Decimal("0.790"), Fraction(79, 100)),
        (0.79, Fraction(79, 100)),
        (2, Fraction(2)),
        (Fraction(1, 3), Fraction(1, 3)),
        ("1E-15", Fraction(1, 10**15)),
    ],
    ids=repr,
)
def test_a_rate_is_exact(given, rate):
    assert read_rate(given) == rate


@pytest.mark.parametrize(
    "given",
    [
        *("", "0", "-0.79", "0,79", "NaN", "Infinity", "1E400", "1E-400", "a lot", b"1"),
        *(0, -1, 10**16, 0.0, float("nan"), float("inf"), True, None, [1]),
        *(Decimal("NaN"), Decimal("sNaN"), Decimal(-1), Fraction(0)),
    ],
    ids=repr,
)
def test_what_is_no_number_above_zero_is_no_rate(given):
    with pytest.raises(ValueError, match="is no rate: it must be a number above zero"):
        read_rate(given)


def test_a_rate_holds_until_the_next_one():
    days = [date(2025, 12, 31), FIRST, date(2026, 1, 31), SECOND, date(2030, 1, 1)]

    assert [latest(TABLE, day) for day in days] == [None, TABLE[0], TABLE[0], TABLE[1], TABLE[1]]
    assert latest([], FIRST) is None


def test_one_rate():
    rates = GivenRates({"USD": {FIRST: "0.5"}})

    assert rates.rate(" usd", SECOND) == Fraction(1, 2)
    assert rates.rate("usd", date(2025, 1, 1)) is None
    assert rates.rate("PLN", SECOND) is None
