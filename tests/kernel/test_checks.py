from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from segmentation.kernel.checks import check_column, in_fraction_spans, in_integer_spans
from segmentation.kernel.plan import Holds, InSpans, IsSet, Moments, Size, Span, Within
from segmentation.rules.tree import Duration
from tests.kernel.hand import LONDON, at, dates, numbers, places, sets, texts, times, word

NOW = at("2026-03-15T12:00:00")
MOST = int(np.iinfo(np.int64).max)
LEAST = int(np.iinfo(np.int64).min)


def answers(check, column):
    """True, False, or None where nothing is known."""
    true, known = check_column(check, column, LONDON, NOW)
    assert not np.any(true & ~known)
    return [bool(yes) if sure else None for yes, sure in zip(true, known, strict=True)]


def below(limit):
    return Span(high=Fraction(limit), high_open=True)


def up_to(limit):
    return Span(high=Fraction(limit))


def above(limit):
    return Span(low=Fraction(limit), low_open=True)


def at_least(limit):
    return Span(low=Fraction(limit))


def exactly(limit):
    return Span(Fraction(limit), Fraction(limit))


# Texts

LAMP = "Lava Lamp"


@pytest.mark.parametrize(
    ("operator", "values", "expected"),
    [
        ("=", [" LAVA lamp "], [True, False, None, False]),
        ("=", ["lamp"], [False, False, None, False]),
        ("!=", ["Lava Lamp"], [False, True, None, True]),
        ("in", ["chair", "LAVA LAMP"], [True, True, None, False]),
        ("in", ["table"], [False, False, None, False]),
        ("not_in", ["chair", "lava lamp"], [False, False, None, True]),
        ("contains", ["a l"], [True, False, None, False]),
        ("contains", ["A"], [True, True, None, True]),
        ("not_contains", ["a"], [False, False, None, False]),
        ("not_contains", ["lamp"], [False, True, None, True]),
        ("starts_with", ["LAVA"], [True, False, None, False]),
        ("starts_with", ["lamp"], [False, False, None, False]),
        ("ends_with", ["Lamp"], [True, False, None, False]),
        ("ends_with", ["lava"], [False, False, None, False]),
    ],
)
def test_text_operators(operator, values, expected):
    assert answers(word(operator, *values), texts(LAMP, "Chair", None, "CAFÉ DE PARIS")) == expected


def test_texts_are_compared_as_they_are_folded():
    column = texts("Straße", "Cafe\u0301", "ΣΊΣΥΦΟΣ")

    assert answers(word("=", "STRASSE"), column) == [True, False, False]
    assert answers(word("ends_with", "\u00c9"), column) == [False, True, False]
    assert answers(word("=", "σίσυφος"), column) == [False, False, True]


def test_characters_that_mean_something_elsewhere_mean_themselves():
    column = texts("100%", "a_b", "a.b", "[x]", "it's")

    assert answers(word("contains", "%"), column) == [True, False, False, False, False]
    assert answers(word("contains", "."), column) == [False, False, True, False, False]
    assert answers(word("starts_with", "["), column) == [False, False, False, True, False]
    assert answers(word("=", "a_b"), column) == [False, True, False, False, False]


def test_an_empty_value_equals_no_text():
    assert answers(word("=", " "), texts("x", None)) == [False, None]
    assert answers(word("!=", ""), texts("x", None)) == [True, None]


@pytest.mark.parametrize("operator", ["=", "!=", "in", "not_in", "contains", "not_contains", "starts_with", "ends_with"])
def test_a_column_where_all_texts_are_missing(operator):
    assert answers(word(operator, "x"), texts(None, None)) == [None, None]
    assert answers(word(operator, "x"), texts()) == []


# Whether there is a value


@pytest.mark.parametrize(
    "column", [texts("x", None), numbers(0, None), times("2026-01-01", None)], ids=["text", "number", "time"]
)
def test_whether_there_is_a_value_is_never_unknown(column):
    assert answers(IsSet(True), column) == [True, False]
    assert answers(IsSet(False), column) == [False, True]


# Numbers


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([exactly(5)], [False, False, True, False, None]),
        ([below(5), above(5)], [True, True, False, True, None]),
        ([exactly(-3), exactly(9)], [True, False, False, True, None]),
        ([below(5)], [True, True, False, False, None]),
        ([up_to(5)], [True, True, True, False, None]),
        ([above(5)], [False, False, False, True, None]),
        ([at_least(5)], [False, False, True, True, None]),
        ([Span(Fraction(0), Fraction(5))], [False, True, True, False, None]),
        ([Span(Fraction(0), Fraction(5), low_open=True, high_open=True)], [False, False, False, False, None]),
        ([Span(Fraction(9), Fraction(5))], [False, False, False, False, None]),
        ([Span()], [True, True, True, True, None]),
        ([], [False, False, False, False, None]),
    ],
)
def test_spans_of_whole_numbers(spans, expected):
    assert answers(InSpans(tuple(spans)), numbers(-3, 0, 5, 9, None)) == expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        # 500.005 at two decimals is 50000.5 units: nothing lies on it.
        (above("50000.5"), [False, False, True]),
        (at_least("50000.5"), [False, False, True]),
        (below("50000.5"), [True, True, False]),
        (up_to("50000.5"), [True, True, False]),
        (exactly("50000.5"), [False, False, False]),
        (above(50000), [False, False, True]),
        (at_least(50000), [False, True, True]),
        (below(50000), [True, False, False]),
        (up_to(50000), [True, True, False]),
        (above("-0.5"), [True, True, True]),
    ],
)
def test_limits_between_two_units(span, expected):
    assert in_integer_spans([span], np.array([49999, 50000, 50001])).tolist() == expected


def test_limits_between_two_units_below_zero():
    values = np.array([-2, -1, 0, 1])

    assert in_integer_spans([above("-1.5")], values).tolist() == [False, True, True, True]
    assert in_integer_spans([below("-0.5")], values).tolist() == [True, True, False, False]
    assert in_integer_spans([at_least("-0.5"), up_to("-1.5")], values).tolist() == [True, False, True, True]


@pytest.mark.parametrize("huge", [2**63, 10**30, Fraction(10**40, 3)])
def test_limits_beyond_all_numbers(huge):
    values = np.array([LEAST + 1, -1, 0, 1, MOST])
    none, all_of_them = [False] * 5, [True] * 5

    assert in_integer_spans([above(huge)], values).tolist() == none
    assert in_integer_spans([at_least(huge)], values).tolist() == none
    assert in_integer_spans([exactly(huge)], values).tolist() == none
    assert in_integer_spans([up_to(huge)], values).tolist() == all_of_them
    assert in_integer_spans([at_least(-huge)], values).tolist() == all_of_them
    assert in_integer_spans([below(-huge)], values).tolist() == none


def test_limits_at_the_ends_of_int64():
    values = np.array([LEAST + 1, 0, MOST])

    assert in_integer_spans([at_least(MOST)], values).tolist() == [False, False, True]
    assert in_integer_spans([above(MOST)], values).tolist() == [False, False, False]
    assert in_integer_spans([above(MOST - 1)], values).tolist() == [False, False, True]
    assert in_integer_spans([below(LEAST + 1)], values).tolist() == [False, False, False]
    assert in_integer_spans([up_to(LEAST + 1)], values).tolist() == [True, False, False]


def test_sums_beyond_int64_are_compared_as_they_are():
    values = np.array([-(2**70), 0, 2**63, 2**70], object)

    assert in_integer_spans([up_to(2**64)], values).tolist() == [True, True, True, False]
    assert in_integer_spans([above(2**63)], values).tolist() == [False, False, False, True]
    assert in_integer_spans([exactly(2**70)], values).tolist() == [False, False, False, True]
    assert in_integer_spans([exactly(2**70)], values).dtype == np.bool_


def test_a_missing_number_lies_in_no_span():
    assert answers(InSpans((below(0), at_least(0))), numbers(None, 1)) == [None, True]


def test_yes_and_no():
    assert answers(InSpans((exactly(1),)), numbers(1, 0, None)) == [True, False, None]
    assert answers(InSpans((exactly(0),)), numbers(1, 0, None)) == [False, True, None]


# Fractions


def fractions(spans, *pairs):
    """Which of n / d lie in the spans."""
    tops, bottoms = zip(*pairs, strict=True)
    found = in_fraction_spans(spans, np.array(tops), np.array(bottoms, np.int64))
    assert found.dtype == np.bool_
    return found.tolist()


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (at_least(Fraction(10, 3)), [False, True, True]),
        (above(Fraction(10, 3)), [False, False, True]),
        (up_to(Fraction(10, 3)), [True, True, False]),
        (below(Fraction(10, 3)), [True, False, False]),
        (exactly(Fraction(10, 3)), [False, True, False]),
        (exactly(Fraction(3333, 1000)), [False, False, False]),
        (Span(Fraction(3), Fraction(10, 3)), [True, True, False]),
    ],
)
def test_fractions_at_their_exact_limit(span, expected):
    assert fractions([span], (9, 3), (10, 3), (11, 3)) == expected


def test_fractions_in_one_of_several_spans():
    assert fractions([below(1), above(2)], (1, 2), (3, 2), (5, 2), (-7, 2)) == [True, False, True, True]


def test_a_tenth_is_a_tenth():
    """0.1 + 0.2 is more than 0.3 in floating point."""
    assert fractions([exactly(Fraction("0.15"))], (30, 200), (31, 200)) == [True, False]


@pytest.mark.parametrize("near", [2**52, 2**53, 2**60, 2**62, MOST - 1])
def test_fractions_of_numbers_near_int64(near):
    limit = Fraction(near, 3)

    assert fractions([at_least(limit)], (near - 1, 3), (near, 3), (near + 1, 3)) == [False, True, True]
    assert fractions([above(limit)], (near - 1, 3), (near, 3), (near + 1, 3)) == [False, False, True]
    assert fractions([below(-limit)], (-near - 1, 3), (-near, 3), (1 - near, 3)) == [True, False, False]


@pytest.mark.parametrize("huge", [2**63, 10**30, Fraction(10**40, 7)])
def test_fractions_and_limits_beyond_all_numbers(huge):
    assert fractions([at_least(huge)], (MOST, 1), (0, 1), (-MOST, 1)) == [False, False, False]
    assert fractions([at_least(-huge)], (MOST, 1), (0, 1), (-MOST, 1)) == [True, True, True]


def test_fractions_of_sums_beyond_int64():
    found = in_fraction_spans([at_least(2**69)], np.array([2**70, 2**70 - 1], object), np.array([2, 2], np.int64))

    assert found.tolist() == [True, False]
    assert found.dtype == np.bool_


def test_limits_with_many_decimals():
    limit = Fraction("999999999999999.999999999")

    assert fractions([above(limit)], (10**15, 1), (10**15 - 1, 1)) == [True, False]


def test_no_fractions_at_all():
    assert in_fraction_spans([at_least(1)], np.array([], np.int64), np.array([], np.int64)).tolist() == []


# Moments


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("on", "2026-03-15", [False, True, True, False, None]),
        ("before", "2026-03-15", [True, False, False, False, None]),
        ("after", "2026-03-14", [False, True, True, True, None]),
        ("between", ("2026-03-14", "2026-03-15"), [True, True, True, False, None]),
        ("last", Duration(0, "day"), [False, True, False, False, None]),
        ("not_last", Duration(0, "day"), [True, False, False, False, None]),
        ("next", Duration(0, "day"), [False, True, True, False, None]),
        ("this", "day", [False, True, False, False, None]),
        ("previous", "day", [True, False, False, False, None]),
        ("weekday_is", "7", [False, True, True, False, None]),
        ("month_is", "3", [True, True, True, True, None]),
        ("anniversary_next", Duration(0, "day"), [False, True, True, False, None]),
    ],
)
def test_times_under_every_date_operator(operator, value, expected):
    column = times("2026-03-14T23:59:59", "2026-03-15T12:00:00", "2026-03-15T23:59:59", "2026-03-16T00:00:00", None)

    assert answers(Moments(operator, value), column) == expected


def test_pure_dates_are_compared_as_days():
    column = dates(LONDON, "2026-03-14", "2026-03-15", "2026-03-16", None)

    assert answers(Moments("last", Duration(1, "hour"), days=True), column) == [False, True, False, None]
    assert answers(Moments("next", Duration(12, "hour"), days=True), column) == [False, True, True, None]
    assert answers(Moments("last", Duration(1, "hour")), column) == [False, False, False, None]


def test_the_month_of_a_time_is_the_shops():
    column = times("2026-05-31T22:59:59", "2026-05-31T23:00:00")

    assert answers(Moments("month_is", "6"), column) == [False, True]
    assert answers(Moments("weekday_is", "1"), column) == [False, True]


@pytest.mark.parametrize("operator", ["month_is", "weekday_is"])
def test_the_calendar_of_no_dates(operator):
    assert answers(Moments(operator, "1"), numbers()) == []
    assert answers(Moments(operator, "1"), numbers(None, None)) == [None, None]


def test_the_first_and_the_last_dates():
    column = dates(LONDON, "0001-01-01", "9999-12-31")

    assert answers(Moments("month_is", "1"), column) == [True, False]
    assert answers(Moments("weekday_is", ("1", "5")), column) == [True, True]
    assert answers(Moments("anniversary_next", Duration(1, "year")), column) == [True, True]
    assert answers(Moments("before", "2026-01-01", days=True), column) == [True, False]
    assert answers(Moments("on", "0001-01-01", days=True), column) == [True, False]
    assert answers(Moments("last", Duration(100_000, "year"), days=True), column) == [True, False]
    assert answers(Moments("next", Duration(100_000, "year"), days=True), column) == [False, True]


# Sets and places


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (Holds("has_any", ("red", "blue")), [True, True, False, False, None]),
        (Holds("has_all", ("red", "blue")), [True, False, False, False, None]),
        (Holds("has_none", ("red", "blue")), [False, False, True, True, None]),
        (Holds("has_all", ("red", "red")), [True, True, False, False, None]),
        (Holds("has_any", ("pink",)), [False, False, False, False, None]),
        (Size((Span(low=Fraction(2)),)), [True, False, False, False, None]),
        (Size((exactly(0),)), [False, False, False, True, None]),
        (IsSet(True), [True, True, True, True, False]),
    ],
)
def test_sets(check, expected):
    assert answers(check, sets(["Red", "blue", "green"], ["red"], ["green"], [], None)) == expected


def test_sets_of_nobody():
    assert answers(Holds("has_any", ("red",)), sets()) == []
    assert answers(Holds("has_none", ("red",)), sets([], None)) == [True, None]


@pytest.mark.parametrize(("km", "expected"), [(340, [False, True, True, None]), (350, [True, True, True, None])])
def test_places(km, expected):
    """London lies 343 to 344 km from Paris along the surface."""
    london, paris = (51.5074, -0.1278), (48.8566, 2.3522)

    assert answers(Within(*paris, km), places(london, paris, (48.86, 2.36), None)) == expected


def test_places_across_the_date_line():
    assert answers(Within(0.0, 179.9, 30.0), places((0.0, -179.9), (0.0, 0.0))) == [True, False]


def test_places_on_the_other_side():
    assert answers(Within(0.0, 0.0, 20_015.0), places((0.0, 180.0))) == [False]
    assert answers(Within(0.0, 0.0, 20_016.0), places((0.0, 180.0))) == [True]


# What cannot be asked


@pytest.mark.parametrize(
    ("check", "column"),
    [(word("=", "x"), numbers(1)), (InSpans((exactly(1),)), texts("x")), (Moments("on", "2026-01-01"), texts("x"))],
    ids=["text of a number", "number of a text", "moment of a text"],
)
def test_a_check_of_another_kind_is_refused(check, column):
    with pytest.raises(TypeError, match="cannot be asked of"):
        check_column(check, column, LONDON, NOW)
