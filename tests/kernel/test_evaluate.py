from __future__ import annotations

import datetime as dt
from fractions import Fraction

import numpy as np
import pytest

from segmentation.kernel import evaluate as module
from segmentation.kernel import selecting
from segmentation.kernel.evaluate import evaluate
from segmentation.kernel.measures import MEASURE
from segmentation.kernel.plan import Branch, InSpans, IsSet, Leaf, Moments, Plan, RowGroup, RowTest, Selection, Span, Term
from segmentation.rules.tree import Between, Duration, Last, Since
from tests.kernel.hand import LONDON, at, at_least, columns, count, equal, numbers, plan, rows, texts, times, word

NOW = at("2026-03-15T12:00:00")
DAY_30 = Last(Duration(30, "day"))
BIG = RowTest("total", at_least(100))
WEB = RowTest("channel", word("=", "web"))
NOT_WEB = RowTest("channel", word("!=", "web"))
EMPTY = rows([], [], total=numbers(), channel=texts())


def answers(asked, given, now=NOW):
    """True, False or None of every customer, for the rule known by ""."""
    truth = evaluate(asked, given, now)[""]
    return [truth.of(customer) for customer in range(truth.size)]


def counts(where, given, window=None):
    """How many rows count of every customer of `given`."""
    term = Term(Selection("orders", where, window), "count")
    most = len(given.rows("orders").customer)
    found = [answers(plan(Leaf(term, at_least(number))), given) for number in range(1, most + 1)]
    return [sum(one) for one in zip(*found, strict=True)]


# Attributes and groups


def test_attributes():
    given = columns(4, attributes={"customer.country": texts("FR", "PL", None, " fr ")})
    leaf = Leaf("customer.country", word("=", "FR"))

    assert answers(plan(leaf), given) == [True, False, None, True]
    assert answers(plan(Leaf("customer.country", IsSet(False))), given) == [False, False, True, False]


def test_if_unknown_applies_after_the_comparison_and_before_a_negation():
    given = columns(3, attributes={"customer.country": texts("FR", "PL", None)})

    def french(if_unknown, *, negated=False):
        leaf = Leaf("customer.country", word("=", "FR"), if_unknown)
        return answers(Plan({"": Branch("and", (leaf,), negated)}, LONDON), given)

    assert french("no") == [True, False, False]
    assert french("yes") == [True, False, True]
    assert french("no", negated=True) == [False, True, True]
    assert french("yes", negated=True) == [False, True, False]
    assert french("unknown", negated=True) == [False, True, None]


def test_groups_are_kleenes():
    given = columns(3, attributes={"a": texts("x", "y", None), "b": texts(None, None, None), "c": texts("x", "x", "x")})
    a, b, c = (Leaf(name, word("=", "x")) for name in "abc")

    def joined(combinator, *parts, negated=False):
        return answers(Plan({"": Branch(combinator, parts, negated)}, LONDON), given)

    assert joined("and", a, b) == [None, False, None]
    assert joined("or", a, b) == [True, None, None]
    assert joined("or", b, c) == [True, True, True]
    assert joined("and", a, c, negated=True) == [False, True, None]
    assert joined("and", Branch("or", (a, b)), c) == [True, None, None]
    assert joined("and", Branch("or", (a,), negated=True), c) == [False, True, None]


def test_several_rules_are_answered_at_once_by_their_keys():
    given = columns(2, attributes={"a": texts("x", None)})
    french = Branch("and", (Leaf("a", word("=", "x")),))
    known = Branch("and", (Leaf("a", IsSet(True)),))

    found = evaluate(Plan({1: french, ("vip", 2): known}, LONDON), given, NOW)

    assert {key: truth.members().tolist() for key, truth in found.items()} == {1: [True, False], ("vip", 2): [True, False]}
    assert found[1].unknown().tolist() == [False, True]
    assert found["vip", 2].unknown().tolist() == [False, False]


def test_no_rules_have_no_answers():
    assert evaluate(Plan({}, LONDON), columns(3), NOW) == {}


@pytest.mark.parametrize("size", [0, 1, 8, 9])
def test_few_customers_and_no_rows(size):
    given = columns(size, attributes={"a": texts(*["x"] * size)}, orders=EMPTY)
    total = Term(Selection("orders", BIG, DAY_30), "sum", "total")

    assert answers(plan(Leaf("a", word("=", "x"))), given) == [True] * size
    assert answers(plan(Leaf(count(), equal(0))), given) == [True] * size
    assert answers(plan(Leaf(count(window=DAY_30), at_least(1))), given) == [False] * size
    assert answers(plan(Leaf(total, equal(0))), given) == [True] * size
    for measure in ("avg", "min", "max"):
        asked = plan(Leaf(Term(total.selection, measure, "total"), at_least(0)))
        assert answers(asked, given) == [None] * size


# Rows and windows

ORDERS = rows(
    [0, 1, 0, 0, 1, 0],
    [None, "2025-01-01", "2026-02-12T23:59:59", "2026-02-13", "2026-03-15T12:00:00", "2026-03-15T12:00:01"],
)


def test_rows_after_now_never_count():
    given = columns(2, orders=ORDERS)

    assert counts(None, given) == [3, 2]
    assert counts(None, given, Since("2026-03-15")) == [0, 1]
    assert counts(None, given, Between("2026-03-15", "2026-03-31")) == [0, 1]
    assert counts(None, given, Last(Duration(100_000, "year"))) == [2, 2]


def test_rows_count_from_the_second_at_which_a_window_opens():
    given = columns(2, orders=ORDERS)

    assert counts(None, given, DAY_30) == [1, 1]
    assert counts(None, given, Last(Duration(31, "day"))) == [2, 1]
    assert counts(None, given, Last(Duration(0, "minute"))) == [0, 1]
    assert counts(None, given, Between("2026-02-12", "2026-02-12")) == [1, 0]
    assert counts(None, given, Between("2026-02-12T23:59:59Z", "2026-02-13T00:00Z")) == [1, 0]
    assert counts(None, given, Between("2026-02-13T00:00Z", "2026-02-13T00:00Z")) == [0, 0]


def test_a_row_without_a_time_counts_under_no_window_alone():
    given = columns(2, orders=rows([0, 1, 1], [None, None, "2026-03-01"]))

    assert counts(None, given) == [1, 2]
    assert counts(None, given, DAY_30) == [0, 1]
    assert counts(None, given, Since("0001-01-01")) == [0, 1]
    assert counts(None, given, Between("0001-01-01", "9999-12-31")) == [0, 1]


def test_a_relation_without_times_has_every_row_and_no_windows():
    given = columns(2, orders=rows([0, 0, 1]))

    assert counts(None, given) == [2, 1]
    with pytest.raises(ValueError, match="orders has no time to look at"):
        evaluate(plan(Leaf(count(window=DAY_30), at_least(1))), given, NOW)


def test_now_is_floored_to_the_second():
    given = columns(1, orders=rows([0, 0], ["2026-03-15T12:00:00", "2026-03-15T12:00:01"]))
    leaf = Leaf(count(window=Last(Duration(0, "minute"))), equal(1))

    assert answers(plan(leaf), given, NOW.replace(microsecond=999_999)) == [True]


def test_now_may_be_in_any_zone():
    given = columns(1, orders=rows([0], ["2026-03-15T12:00:00"]))
    leaf = Leaf(count(), equal(1))

    assert answers(plan(leaf), given, at("2026-03-15T17:30:00+05:30")) == [True]
    assert answers(plan(leaf), given, at("2026-03-15T17:29:59+05:30")) == [False]


def test_a_naive_now_is_refused():
    with pytest.raises(ValueError, match="aware"):
        evaluate(plan(Leaf("a", IsSet(True))), columns(0, attributes={"a": texts()}), dt.datetime(2026, 3, 15, 12))  # noqa: DTZ001


# Filters

SALES = rows(
    [0, 0, 0, 1, 1, 2],
    ["2026-03-01"] * 6,
    total=numbers(50, 100, None, 500, 100, None),
    channel=texts("web", "shop", "web", None, "WEB ", None),
)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (None, [3, 2, 1]),
        (WEB, [2, 1, 0]),
        # A row without a value is not counted by a negative operator either.
        (NOT_WEB, [1, 0, 0]),
        (RowGroup("and", (WEB,), negated=True), [1, 0, 0]),
        (RowTest("channel", IsSet(False)), [0, 1, 1]),
        (RowGroup("and", (RowTest("channel", IsSet(False)),), negated=True), [3, 1, 0]),
        (BIG, [1, 2, 0]),
        (RowGroup("and", (WEB, BIG)), [0, 1, 0]),
        (RowGroup("or", (WEB, BIG)), [3, 2, 0]),
        # Known to be false in one part is enough to be no "and", even where the other part is unknown.
        (RowGroup("and", (WEB, BIG), negated=True), [2, 0, 0]),
        (RowGroup("or", (WEB, BIG), negated=True), [0, 0, 0]),
        (RowGroup("or", (NOT_WEB, RowTest("channel", IsSet(False)))), [1, 1, 1]),
        (RowGroup("and", (RowGroup("or", (WEB, BIG), negated=True),), negated=True), [3, 2, 0]),
        (RowGroup("and", (RowGroup("and", (RowGroup("or", (WEB,)),)),)), [2, 1, 0]),
    ],
)
def test_a_row_counts_only_if_its_whole_test_is_true(where, expected):
    assert counts(where, columns(3, orders=SALES)) == expected


def test_filter_and_window_bind_the_same_row():
    given = columns(1, orders=rows([0, 0], ["2025-01-01", "2026-03-01"], total=numbers(500, 50)))

    assert counts(BIG, given) == [1]
    assert counts(BIG, given, DAY_30) == [0]


def test_filtered_rows_within_a_window_belong_to_whom_they_belong():
    given = columns(
        3,
        orders=rows(
            [0, 1, 2, 0, 2, 1],
            ["2025-01-01", "2025-01-02", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-20"],
            total=numbers(500, 500, 500, 50, 700, 500),
        ),
    )

    assert counts(BIG, given, DAY_30) == [0, 0, 2]
    assert answers(plan(Leaf(Term(Selection("orders", BIG, DAY_30), "sum", "total"), equal(1200))), given) == [False, False, True]
    assert answers(plan(Leaf(Term(Selection("orders", BIG, DAY_30), "max", "total"), equal(700))), given) == [None, None, True]


def test_date_operators_in_a_filter():
    given = columns(1, orders=rows([0, 0], ["2025-06-01", "2026-03-01"], placed_at=times("2025-06-01", "2026-03-01")))

    assert counts(RowTest("placed_at", Moments("month_is", "6")), given) == [1]
    assert counts(RowTest("placed_at", Moments("last", Duration(1, "month"))), given) == [1]


# Measures


def test_measures_are_compared():
    given = columns(3, orders=SALES)

    def asked(measure, check, where=None):
        return answers(plan(Leaf(Term(Selection("orders", where, None), measure, "total"), check)), given)

    assert asked("sum", at_least(600)) == [None, True, None]
    assert asked("sum", at_least(601), BIG) == [False, False, False]
    assert asked("sum", equal(0), WEB) == [None, False, True]
    assert asked("avg", equal(300)) == [None, True, None]
    assert asked("avg", equal(300), BIG) == [False, True, None]
    assert asked("min", equal(100)) == [None, True, None]
    assert asked("max", equal(500), BIG) == [False, True, None]
    assert asked("max", IsSet(True), BIG) == [True, True, False]
    assert asked("sum", IsSet(False)) == [True, False, True]


def test_averages_are_compared_exactly():
    given = columns(1, orders=rows([0, 0, 0], ["2026-03-01"] * 3, total=numbers(1, 0, 0)))
    third = Term(Selection("orders", None, None), "avg", "total")

    def asked(span):
        return answers(plan(Leaf(third, InSpans((span,)))), given)

    assert asked(Span(Fraction(1, 3), Fraction(1, 3))) == [True]
    assert asked(Span(high=Fraction("0.333333333"))) == [False]
    assert asked(Span(low=Fraction("0.333333333"), low_open=True)) == [True]


@pytest.mark.parametrize(
    ("measure", "check", "expected"),
    [
        ("min", Moments("last", Duration(30, "day")), [False, True, None, None]),
        ("max", Moments("last", Duration(30, "day")), [True, True, None, None]),
        ("max", Moments("not_last", Duration(1, "day")), [True, True, None, None]),
        ("min", Moments("month_is", "1"), [True, False, None, None]),
        ("max", Moments("month_is", ("2", "3")), [True, True, None, None]),
        ("max", Moments("weekday_is", "7"), [True, False, None, None]),
        ("min", Moments("anniversary_next", Duration(1, "year")), [True, True, None, None]),
        ("min", IsSet(True), [True, True, False, False]),
    ],
)
def test_the_first_and_the_last_time(measure, check, expected):
    placed = ("2025-01-01T00:00:00", "2026-02-24T08:00:00", "2026-03-01T09:00:00", None)
    given = columns(4, orders=rows([0, 1, 0, 3], [None, *placed[:3]], placed_at=times(*placed)))

    assert answers(plan(Leaf(Term(Selection("orders", None, None), measure, "placed_at"), check)), given) == expected


def test_a_text_has_no_sum():
    given = columns(1, orders=rows([0], ["2026-03-01"], channel=texts("web")))

    with pytest.raises(TypeError, match="only numbers and times"):
        evaluate(plan(Leaf(Term(Selection("orders", None, None), "sum", "channel"), at_least(1))), given, NOW)


# What has no meaning


def test_an_empty_group_has_no_meaning():
    given = columns(1, attributes={"a": texts("x")}, orders=SALES)
    leaf = Leaf("a", IsSet(True))

    for asked in (
        plan(),
        plan(leaf, Branch("or", ())),
        plan(Branch("and", (), negated=True), leaf),
        plan(Leaf(count(where=RowGroup("and", ())), at_least(1))),
        plan(Leaf(count(where=RowGroup("or", (WEB, RowGroup("and", ())))), at_least(1))),
    ):
        with pytest.raises(ValueError, match="empty group"):
            evaluate(asked, given, NOW)


@pytest.mark.parametrize("combinator", ["xor", "", "AND"])
def test_an_unknown_combinator_has_no_meaning(combinator):
    with pytest.raises(KeyError):
        evaluate(Plan({"": Branch(combinator, (Leaf("a", IsSet(True)),))}, LONDON), columns(1, attributes={"a": texts("x")}), NOW)


# Sharing


class Watched:
    """A function that counts how often it is called."""

    def __init__(self, function):
        self.function = function
        self.calls = []

    def __call__(self, *args):
        self.calls.append(args)
        return self.function(*args)


def spend(window, where=None):
    return Term(Selection("orders", where, window), "sum", "total")


def test_a_term_of_several_rules_is_measured_once(monkeypatch):
    watched = Watched(MEASURE["sum"])
    monkeypatch.setitem(MEASURE, "sum", watched)
    given = columns(3, orders=SALES)
    rules = {
        "rich": Branch("and", (Leaf(spend(DAY_30), at_least(600)), Leaf(spend(None), at_least(1)))),
        "poor": Branch("or", (Leaf(spend(Last(Duration(30, "day"))), at_least(600), "yes"),), negated=True),
        "both": Branch("and", (Leaf(spend(DAY_30), equal(0)), Branch("or", (Leaf(spend(DAY_30), IsSet(True)),)))),
    }

    found = evaluate(Plan(rules, LONDON), given, NOW)

    assert len(watched.calls) == 2
    assert found["rich"].members().tolist() == [False, True, False]
    assert found["poor"].members().tolist() == [False, False, False]


def test_a_filter_of_several_windows_is_tried_once(monkeypatch):
    watched = Watched(selecting.check_column)
    monkeypatch.setattr(selecting, "check_column", watched)
    where = RowGroup("and", (WEB, BIG))
    asked = [
        Leaf(Term(Selection("orders", where, window), "count"), at_least(1)) for window in (None, DAY_30, Since("2026-01-01"))
    ]

    evaluate(
        plan(*asked, Leaf(count(where=RowGroup("or", (WEB, BIG), negated=True)), at_least(1))), columns(3, orders=SALES), NOW
    )

    assert len(watched.calls) == 2


def test_a_leaf_of_several_rules_is_compared_once(monkeypatch):
    watched = Watched(module.check_column)
    monkeypatch.setattr(module, "check_column", watched)
    roots = {number: Branch("and", (Leaf("a", word("=", "x")),), negated=bool(number % 2)) for number in range(10)}

    evaluate(Plan(roots, LONDON), columns(2, attributes={"a": texts("x", None)}), NOW)

    assert len(watched.calls) == 1


def test_answers_change_nothing_that_was_given():
    given = columns(3, orders=SALES)
    before = [
        column.copy() for column in (SALES.customer, SALES.times, SALES.column("total").values, SALES.column("channel").codes)
    ]

    evaluate(plan(Leaf(spend(DAY_30, RowGroup("or", (WEB, BIG), negated=True)), at_least(1), "yes")), given, NOW)

    after = (SALES.customer, SALES.times, SALES.column("total").values, SALES.column("channel").codes)
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
