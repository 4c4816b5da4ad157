from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from segmentation.rules.values import (
    CALENDAR_UNITS,
    ELAPSING_UNITS,
    MEASURES,
    OPERATORS,
    SIZES,
    SLUG,
    UNITS,
    WORDS,
    Kind,
    Shape,
    fold,
    is_clean,
    is_name,
    operators_of,
    read_moment,
    read_number,
)

PARIS = ZoneInfo("Europe/Paris")

TEXT = {Kind.TEXT}
NUMBERS = {Kind.NUMBER, Kind.MONEY}
MOMENTS = {Kind.DATE, Kind.TIME}

TABLE = [
    ("=", "=", TEXT | NUMBERS, Shape.ONE),
    ("!=", "!=", TEXT | NUMBERS, Shape.ONE),
    ("in", "in", TEXT | NUMBERS, Shape.MANY),
    ("not_in", "not in", TEXT, Shape.MANY),
    ("contains", "contains", TEXT, Shape.ONE),
    ("not_contains", "not contains", TEXT, Shape.ONE),
    ("starts_with", "starts with", TEXT, Shape.ONE),
    ("ends_with", "ends with", TEXT, Shape.ONE),
    ("<", "<", NUMBERS, Shape.ONE),
    ("<=", "<=", NUMBERS, Shape.ONE),
    (">", ">", NUMBERS, Shape.ONE),
    (">=", ">=", NUMBERS, Shape.ONE),
    ("between", "between", NUMBERS | MOMENTS, Shape.PAIR),
    ("is", "is", {Kind.BOOLEAN}, Shape.YES_NO),
    ("on", "on", MOMENTS, Shape.ONE),
    ("before", "before", MOMENTS, Shape.ONE),
    ("after", "after", MOMENTS, Shape.ONE),
    ("last", "last", MOMENTS, Shape.DURATION),
    ("not_last", "not last", MOMENTS, Shape.DURATION),
    ("next", "next", MOMENTS, Shape.DURATION),
    ("anniversary_next", "anniversary next", MOMENTS, Shape.DURATION),
    ("this", "this", MOMENTS, Shape.PERIOD),
    ("previous", "previous", MOMENTS, Shape.PERIOD),
    ("month_is", "month is", MOMENTS, Shape.ONE_OR_MANY),
    ("weekday_is", "weekday is", MOMENTS, Shape.ONE_OR_MANY),
    ("has_any", "has any", {Kind.SET}, Shape.MANY),
    ("has_all", "has all", {Kind.SET}, Shape.MANY),
    ("has_none", "has none", {Kind.SET}, Shape.MANY),
    ("size", "size", {Kind.SET}, Shape.COMPARISON),
    ("within_km", "within km", {Kind.GEO}, Shape.CIRCLE),
    ("is_set", "is set", set(Kind), Shape.NOTHING),
    ("is_not_set", "is not set", set(Kind), Shape.NOTHING),
]


def test_the_table_has_these_operators_and_no_others():
    assert [(one.name, one.text, set(one.kinds), one.shape) for one in OPERATORS.values()] == TABLE


def test_operators_are_found_by_their_names():
    assert all(name == operator.name for name, operator in OPERATORS.items())


def test_no_two_operators_are_spelled_alike():
    assert len({operator.text for operator in OPERATORS.values()}) == len(OPERATORS)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Kind.TEXT, "= != in not_in contains not_contains starts_with ends_with is_set is_not_set"),
        (Kind.NUMBER, "= != in < <= > >= between is_set is_not_set"),
        (Kind.MONEY, "= != in < <= > >= between is_set is_not_set"),
        (Kind.BOOLEAN, "is is_set is_not_set"),
        (
            Kind.DATE,
            "between on before after last not_last next anniversary_next this previous month_is weekday_is is_set is_not_set",
        ),
        (
            Kind.TIME,
            "between on before after last not_last next anniversary_next this previous month_is weekday_is is_set is_not_set",
        ),
        (Kind.SET, "has_any has_all has_none size is_set is_not_set"),
        (Kind.GEO, "within_km is_set is_not_set"),
    ],
)
def test_operators_of_a_kind(kind, names):
    assert operators_of(kind) == names.split()


def test_the_size_of_a_set_is_asked_as_a_number_is():
    assert SIZES == ("=", "!=", "in", "<", "<=", ">", ">=", "between")


def test_measures():
    columns = {name: set(measure.kinds) for name, measure in MEASURES.items()}

    assert columns == {
        "count": set(),
        "count_distinct": TEXT | NUMBERS | MOMENTS | {Kind.BOOLEAN},
        "sum": NUMBERS,
        "avg": NUMBERS,
        "min": NUMBERS | MOMENTS,
        "max": NUMBERS | MOMENTS,
        "share": NUMBERS,
        "days_between": set(),
    }
    assert [name for name, measure in MEASURES.items() if measure.must_have] == ["count_distinct", "sum", "avg", "min", "max"]
    assert [name for name, measure in MEASURES.items() if not measure.is_number] == ["sum", "avg", "min", "max"]
    assert [name for name, measure in MEASURES.items() if measure.needs_where] == ["share"]
    assert [name for name, measure in MEASURES.items() if measure.needs_time] == ["days_between"]


def test_units():
    assert set(ELAPSING_UNITS) | set(CALENDAR_UNITS) == set(UNITS)
    assert set(ELAPSING_UNITS) - set(CALENDAR_UNITS) == {"minute", "hour"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", Decimal(0)),
        ("-0", Decimal(0)),
        ("007", Decimal(7)),
        ("-12.50", Decimal("-12.5")),
        ("999999999999999", Decimal(10**15 - 1)),
        ("999999999999999.999999999", Decimal("999999999999999.999999999")),
        ("0.000000001", Decimal("1E-9")),
    ],
)
def test_numbers(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "+1",
        "--1",
        "1.",
        ".5",
        "1,5",
        "1 000",
        " 1",
        "1\n",
        "1e5",
        "0x10",
        "1_000",
        "NaN",
        "Infinity",
        "٣",
        "²",
        "one",
        "1.0000000001",
        "1000000000000000",
        "9" * 5000,
    ],
)
def test_no_numbers(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", dt.date(2026, 1, 31)),
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("0001-01-01", dt.date.min),
        ("9999-12-31", dt.date.max),
    ],
)
def test_dates(text, day):
    assert read_moment(text, PARIS) == day
    assert type(read_moment(text, PARIS)) is dt.date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31T10:00", dt.datetime(2026, 1, 31, 9, tzinfo=dt.UTC)),
        ("2026-01-31 10:00", dt.datetime(2026, 1, 31, 9, tzinfo=dt.UTC)),
        ("2026-07-31T10:00:30", dt.datetime(2026, 7, 31, 8, 0, 30, tzinfo=dt.UTC)),
        ("2026-01-31T10:00:30.25", dt.datetime(2026, 1, 31, 9, 0, 30, 250_000, tzinfo=dt.UTC)),
        ("2026-01-31T10:00Z", dt.datetime(2026, 1, 31, 10, tzinfo=dt.UTC)),
        ("2026-01-31T10:00+05:30", dt.datetime(2026, 1, 31, 4, 30, tzinfo=dt.UTC)),
        ("2026-01-31T10:00:00-08:00", dt.datetime(2026, 1, 31, 18, tzinfo=dt.UTC)),
    ],
)
def test_times_are_aware_and_in_the_zone_of_the_shop_unless_they_say_otherwise(text, moment):
    found = read_moment(text, PARIS)

    assert isinstance(found, dt.datetime)
    assert found.tzinfo is not None
    assert found.astimezone(dt.UTC) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "2026",
        "2026-01",
        "2026-1-1",
        "20260131",
        "2026-W05-1",
        "2026-031",
        "31.01.2026",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "0000-01-01",
        " 2026-01-31",
        "2026-01-31\n",
        "2026-01-31T",
        "2026-01-31T10",
        "2026-01-31T1000",
        "2026-01-31T25:00",
        "2026-01-31T10:60",
        "2026-01-31T10:00:61",
        "2026-01-31T10:00+0100",
        "2026-01-31T10:00+25:00",
        "2026-01-31T10:00:00.1234567",
        "2026-01-31t10:00",
        "\u0662\u0660\u0662\u0666-01-31",
        "12026-01-31",
        "-2026-01-31",
        "2026-01-31" * 1000,
    ],
)
def test_neither_dates_nor_times(text):
    assert read_moment(text, PARIS) is None


@pytest.mark.parametrize(
    "name", ["orders", "order_lines", "customer.country", "order.coupon_code", "_x", "a1.b2.c3", "and", "andy"]
)
def test_names(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "Orders", "2nd", "a b", "a-b", ".a", "a.", "a..b", "a.2", "wertü", "a\n", 'x = "1" or y', *sorted(WORDS)],
)
def test_no_names(name):
    assert not is_name(name)


def test_the_words_that_are_no_names():
    assert " ".join(sorted(WORDS)) == (
        "all any before between bottom bucket last none not of pattern previous sequence since test this top where"
    )


@pytest.mark.parametrize("name", ["last.x", "not.a", "lastly", "tops", "at", "in", "by", "to", "first", "count", "size", "month"])
def test_other_words_of_the_language_may_name_a_column(name):
    assert is_name(name)


@pytest.mark.parametrize("slug", ["vip", "VIP_2-b", "-", "_", "2026", "a" * 80])
def test_slugs(slug):
    assert SLUG.fullmatch(slug)


@pytest.mark.parametrize("slug", ["", "v i p", "vip\n", "żubr", "a.b", "a/b", "٣", "a" * 81])
def test_no_slugs(slug):
    assert not SLUG.fullmatch(slug)


@pytest.mark.parametrize(
    "text",
    ["", "Lamps", "Zażółć", "مرحبا", "👩‍👩‍👧", "100 %", "it's", "\u00a0", "a\tb\r\nc", "\u200f", "\u2028"],
)
def test_clean_texts(text):
    assert is_clean(text)


@pytest.mark.parametrize(
    "code",
    [0x00, 0x08, 0x0B, 0x1B, 0x7F, 0x80, 0x85, 0x9F, 0xD800, 0xDFFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)],
)
def test_control_surrogate_and_direction_characters_are_not_clean(code):
    assert not is_clean(f"before{chr(code)}after")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        (" \t\r\n\u00a0\u3000", ""),
        ("  Lamps ", "lamps"),
        ("Garden  Chairs", "garden  chairs"),
        ("Straße", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
        ("Cafe\u0301", "caf\u00e9"),
        ("CAF\u00c9", "caf\u00e9"),
        ("\u212b", "\u00e5"),
        ("ﬁne", "fine"),
        # Casefolding writes this one letter as two; it is composed again.
        ("\u01f0", "\u01f0"),
        ("J\u030c", "\u01f0"),
        ("İ", "i\u0307"),
        # Two spellings of one letter with two accents.
        ("\u1fb4", "\u03ac\u03b9"),
        ("\u03b1\u0345\u0301", "\u03ac\u03b9"),
    ],
)
def test_folding_composes_folds_case_composes_again_and_trims(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded
