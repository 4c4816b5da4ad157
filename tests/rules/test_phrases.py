from __future__ import annotations

import pytest

from segmentation.rules import parse
from segmentation.rules.tree import Attribute, Circle, Duration, Group, Nth
from tests.rules.texts import A, B, C, only_problem, row


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 day", Duration(1, "day")),
        ("1 days", Duration(1, "day")),
        ("7 day", Duration(7, "day")),
        ("0 hours", Duration(0, "hour")),
        ("100000 years", Duration(100_000, "year")),
        ("007 days", Duration(7, "day")),
    ],
)
def test_units_are_singular_or_plural(text, value):
    assert parse(f"a last {text}").root.rules == (Attribute("a", "last", value),)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("a = 1 or b = 2 and c = 3", Group("or", (A, Group("and", (B, C))))),
        ("not a = 1 and b = 2", Group("and", (Group("and", (A,), negated=True), B))),
        ("not (a = 1 or b = 2)", Group("or", (A, B), negated=True)),
        ("at least 02 of (a = 1, b = 2)", Group("at_least", (A, B), n=2)),
    ],
)
def test_phrases_become_groups(text, root):
    assert parse(text).root == root


def test_numbers_stay_as_they_are_written():
    assert parse("a = 007.50").root.rules == (Attribute("a", "=", "007.50"),)
    assert parse("a within 020 km of (-0, 1.50)").root.rules == (Attribute("a", "within_km", Circle("-0", "1.50", "020")),)
    assert parse("orders.nth(03, test a = 1)").root.rules == (Nth("orders", 3, row(("a", "=", "1"))),)


SLIPS = [
    ('a = "\\x"', 5, "the text has an unknown escape"),
    ('a = 1 or b in ("x", "\\ud800")', 21, "the text holds a control or text-direction character"),
    ('in segment "\\x"', 12, "the text has an unknown escape"),
    ('orders.count(since "\\x") = 1', 20, "the text has an unknown escape"),
    ("a last 1.5 days", 8, "a duration must be a whole number from 0 to 100000"),
    ("a last -1 days", 8, "a duration must be a whole number from 0 to 100000"),
    ("orders.count(last 100001 days) = 0", 19, "a duration must be a whole number from 0 to 100000"),
    (f"a last {'9' * 5000} days", 8, "a duration must be a whole number from 0 to 100000"),
    ("at least 1.5 of (a = 1)", 10, "this must be a whole number of at most 6 digits"),
    ("orders.nth(-3, test a = 1)", 12, "this must be a whole number of at most 6 digits"),
    (f"orders.nth({'3' * 5000}, test a = 1)", 12, "this must be a whole number of at most 6 digits"),
    ('bucket "spring" 0.5 to 49', 17, "this must be a whole number of at most 6 digits"),
    ('bucket "spring" 0 to 4999999', 22, "this must be a whole number of at most 6 digits"),
    ("pattern orders stopped period 1 day periods 2.5", 45, "this must be a whole number of at most 6 digits"),
    # Calls
    ("a = 1 and orders() = 1", 11, "orders needs a measure, such as orders.count()"),
    ("orders(test a = 1)", 1, "orders needs a measure, such as orders.count()"),
    ("seqence (a, b)", 1, "seqence needs a measure, such as seqence.count(); did you mean sequence?"),
    ("orders.count(last 1 day, last 2 days) = 1", 1, "window is given twice"),
    ("orders.count(any time, last 2 days) = 1", 1, "window is given twice"),
    ("orders.sum(a, b) = 1", 1, "of is given twice"),
    ("orders.count(where a = 1, where b = 1) = 1", 1, "where is given twice"),
    ("orders.first(test a = 1, test b = 1)", 1, "test is given twice"),
    ("a = 1 and orders.median(total) = 1", 11, "unknown measure median"),
    ("orders.cuont() >= 1", 1, "unknown measure cuont; did you mean count?"),
    ("orders.summ(total) >= 1", 1, "unknown measure summ; did you mean sum?"),
    ("orders.distinct(total) >= 1", 1, "unknown measure distinct"),
    ("orders.count_distict(total) >= 1", 1, "unknown measure count_distict; did you mean count_distinct?"),
    ("orders.frist(test a = 1)", 1, "unknown measure frist; did you mean first?"),
    ("orders.frist(test a = 1) = 1", 1, "unknown measure frist; did you mean first?"),
    ("top 10 by orders.smu(total)", 11, "unknown measure smu; did you mean sum?"),
    ("top 10 by orders.first(test a = 1)", 11, "a measure is needed here, and first is none"),
    ("orders.count(test a = 1) = 1", 1, "count takes no test: which rows count is said by where"),
    ("orders.count(3) = 1", 1, "count takes no number"),
    ("orders.count()", 1, "orders.count needs a comparison, such as >= 1"),
    ("orders.count() and a = 1", 1, "orders.count needs a comparison, such as >= 1"),
    ("orders.first(test a = 1) >= 3", 1, "first takes no comparison: what is asked stands in its test"),
    ("orders.nth(3, test a = 1) is set", 1, "nth takes no comparison: what is asked stands in its test"),
    ("orders.first()", 1, "first needs a test: what is asked of the row?"),
    ("orders.last(where a = 1)", 1, "last needs a test: what is asked of the row?"),
    ("orders.first(total, test a = 1)", 1, "first takes no column"),
    ("orders.first(1, test a = 1)", 1, "first takes no number"),
    ("orders.nth(test a = 1)", 1, "which row is it? nth begins with its number"),
    # Ranks
    ("top 10 percent by score.clv leave at 12", 38, "leave at must be said as the rank is: in percent, or not"),
    ("top 10 by score.clv leave at 12 percent", 30, "leave at must be said as the rank is: in percent, or not"),
]


@pytest.mark.parametrize(("text", "column", "message"), SLIPS, ids=[slip[0][:50] for slip in SLIPS])
def test_phrases_that_mean_nothing(text, column, message):
    problem = only_problem(text)

    assert (problem.path, problem.line, problem.column) == ("", 1, column)
    assert problem.message == message


def test_a_problem_of_a_phrase_has_its_line():
    problem = only_problem("a = 1\n  and orders.cuont() >= 1")

    assert (problem.line, problem.column) == (2, 7)


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("orders.sum() = 1", "/rules/0/of", "sum needs a column"),
        ("orders.count(total) = 1", "/rules/0/of", "count takes no column"),
        ("orders.share() = 1", "/rules/0/where", "share needs where"),
        ('not (a contains " ")', "/rules/0/value", "contains needs a text that is not empty"),
        ('orders.count(where a contains "") = 1', "/rules/0/where/rules/0/value", "contains needs a text that is not empty"),
        ("at least 3 of (a = 1, b = 2)", "/n", "n must be a whole number from 1 to 2"),
        ("a = 1 and at least 0 of (b = 2)", "/rules/1/n", "n must be a whole number from 1 to 1"),
        ("orders.nth(0, test a = 1)", "/rules/0/which", "which must be a whole number from 1 to 1000"),
        ("top 101 percent by score.clv", "/rules/0/value", "value must be a percentage above 0 and up to 100"),
        ("top 1.5 by score.clv", "/rules/0/value", "value must be a whole number from 1"),
        ("top 10 by score.clv leave at 9", "/rules/0/leave_at", "leave_at is narrower than value"),
        ("a = 1 or top 10 by score.clv stay 1 day", "/rules/1/min_stay", "min_stay may stand only where no"),
        ('in segment "v i p"', "/rules/0/segment", "segment must name a segment"),
        ('not in segment "vip" entered last 1 day', "/rules/0/entered", "only who is in a segment has entered it"),
        ('in segment "vip" entered since last orders', "/rules/0/entered/since_last", "entered takes every window but"),
        ('bucket "spring" 50 to 49', "/rules/0/to", "to must be a whole number from 50 to 99"),
        ('bucket "" 0 to 49', "/rules/0/salt", "a bucket needs a salt"),
        ("sequence (a)", "/rules/0/steps", "a sequence has 2 to 10 steps"),
        ("sequence (a, b) within 1 month", "/rules/0/within/unit", "unknown unit 'month'"),
        ("pattern a stopped period 1 hour periods 3", "/rules/0/period/unit", "unknown unit 'hour'"),
        ("pattern a stopped period 1 day", "/rules/0/periods", "periods must be a whole number from 1 to 60"),
        ("pattern a first time period 1 day periods 3", "/rules/0/periods", "first_time takes no periods"),
        ("a.count(since last a) = 1", "/rules/0/window/since_last", "since the last of a there are no a"),
        ("a within 0 km of (1, 1)", "/rules/0/value/km", "km must be a number above 0"),
        ("a within 1 km of (91, 1)", "/rules/0/value/lat", "lat must be a number from -90 to 90"),
        ('a size = "two"', "/rules/0/value/value", "the size of a set is a number"),
        (
            "a.count(where any b (any c (d = 1))) = 1",
            "/rules/0/where/rules/0/where/rules/0",
            "a quantifier cannot stand inside another",
        ),
    ],
)
def test_a_text_that_can_be_read_but_not_stored_is_refused_with_pointers(text, path, message):
    problem = only_problem(text)

    assert (problem.path, problem.line, problem.column) == (path, None, None)
    assert problem.message.startswith(message)
