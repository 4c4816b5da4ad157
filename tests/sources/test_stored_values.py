from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from segmentation.sources.stored import values
from segmentation.sources.stored.values import Wrong

PLACED = datetime(2026, 3, 1, 12, tzinfo=UTC)


def wrong(read, value):
    with pytest.raises(Wrong) as raised:
        read(value)
    return str(raised.value)


@pytest.mark.parametrize(("value", "expected"), [(" Zoé ", "Zoé"), (7, "7"), ("😀", "😀")])
def test_texts(value, expected):
    assert values.read_text(value) == expected


@pytest.mark.parametrize("value", [True, 1.5, b"x", ["x"], Decimal(1)])
def test_no_texts(value):
    assert wrong(values.read_text, value) == "is no text"


@pytest.mark.parametrize("value", ["a\x00b", "N\udceemes"])
def test_texts_that_no_database_keeps(value):
    assert wrong(values.read_text, value) == "holds characters that cannot be read"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("19.90", "19.9000"),
        (" -5 ", "-5.0000"),
        (".5", "0.5000"),
        ("5.", "5.0000"),
        (7, "7.0000"),
        (Decimal("1.00005"), "1.0000"),
        (Decimal("1.00015"), "1.0002"),
        ("99999999999999.9999", "99999999999999.9999"),
        (Decimal("1E+3"), "1000.0000"),
    ],
)
def test_decimals(value, expected):
    assert str(values.read_decimal(value)) == expected


@pytest.mark.parametrize(
    "value", ["1,90", "1.234,50", "1e3", "NaN", "Infinity", "", "12 EUR", "٣", True, None, [], Decimal("NaN")]
)
def test_no_decimals(value):
    assert wrong(values.read_decimal, value) == "is no decimal number, such as “19.90”"


def test_a_float_is_refused():
    assert wrong(values.read_decimal, 19.9) == "is a float; write it as text, such as “19.90”"


@pytest.mark.parametrize("value", ["100000000000000", "99999999999999.99999", 10**40, Decimal("1E+999999")])
def test_numbers_beyond_what_is_kept(value):
    assert wrong(values.read_decimal, value) == "has more than 14 digits before the point"


def test_amounts_that_cannot_be_negative():
    assert wrong(values.read_positive, "-0.01") == "is negative"
    assert values.read_positive("0") == 0


@pytest.mark.parametrize("value", ["1990-02-28", " 1990-02-28 ", date(1990, 2, 28)])
def test_dates(value):
    assert values.read_date(value) == date(1990, 2, 28)


@pytest.mark.parametrize("value", ["28.02.1990", "1990-02-30", PLACED, 19900228])
def test_no_dates(value):
    assert wrong(values.read_date, value) == "is no date, such as “2026-05-31”"


@pytest.mark.parametrize(
    "value", ["2026-03-01T12:00:00Z", "2026-03-01 13:00+01:00", PLACED, PLACED.astimezone(timezone(timedelta(hours=-3)))]
)
def test_times(value):
    assert values.read_time(value) == PLACED


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("soon", "is no time in ISO 8601, such as “2026-05-31T17:09:34+02:00”"),
        (1772366400, "is no time in ISO 8601, such as “2026-05-31T17:09:34+02:00”"),
        (date(2026, 3, 1), "is no time in ISO 8601, such as “2026-05-31T17:09:34+02:00”"),
        ("2026-03-01", "has no offset: say in which zone it is"),
        (datetime(2026, 3, 1), "has no offset: say in which zone it is"),  # noqa: DTZ001
        ("0001-01-01T00:00:00+10:00", "lies beyond the years that can be kept"),
        ("9999-12-31T23:59:59-10:00", "lies beyond the years that can be kept"),
    ],
)
def test_no_times(value, message):
    assert wrong(values.read_time, value) == message


def test_currencies():
    assert values.read_currency(" eur ") == "EUR"
    assert wrong(values.read_currency, "€") == "is no currency of three letters, such as “EUR”"


@pytest.mark.parametrize("value", ["none", "-", "a@", "@b", "a b@c.test", "a@b@c"])
def test_no_addresses(value):
    assert wrong(values.read_email, value) == "is no e-mail address"


def test_an_address_stays_as_it_is_written():
    assert values.read_email(" Ada@Example.com ") == "Ada@Example.com"


def test_extra_comes_as_it_goes_out():
    given = {"tier": "gold", "weight": Decimal("1.5"), "tags": ("a", "b"), "odd": {"no": None}, 1: "😀"}

    assert values.read_extra(given) == {"tier": "gold", "weight": 1.5, "tags": ["a", "b"], "odd": {"no": None}, "1": "😀"}
    assert values.read_extra(None) == {}


def test_extra_that_is_none():
    assert wrong(values.read_extra, ["gold"]) == "is no object of columns"
    assert wrong(values.read_extra, {"at": PLACED}) == "holds what has no place in JSON: datetime"
    assert wrong(values.read_extra, {"x": float("nan")}).startswith("holds what has no place in JSON")
    assert wrong(values.read_extra, {"x": "\x00"}) == "holds characters that cannot be read"
    assert wrong(values.read_extra, {"x": "\udc80"}) == "holds characters that cannot be read"


def test_extra_that_bites_its_tail():
    tail: dict = {}
    tail["tail"] = tail

    assert wrong(values.read_extra, tail) == "holds what has no place in JSON: Circular reference detected"


def test_extra_too_deep_to_be_read():
    deep: dict = {}
    for _ in range(100_000):
        deep = {"in": deep}

    assert wrong(values.read_extra, deep).startswith("holds what has no place in JSON: maximum recursion depth exceeded")
