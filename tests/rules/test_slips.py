from __future__ import annotations

import pytest

from segmentation.errors import RuleError
from segmentation.rules import parse
from tests.rules.texts import only_problem

# Mistakes, with their places

AT_THE_START = (
    "(, all, any, at least, bottom, bucket, in segment, not, not in segment, pattern, sequence, the name of a fact, top"
)
UNASKED = "inside where, only columns of the row can be asked"
UNKNOWN = "`if unknown` follows a condition of the customer: never a group, and nothing inside where"
COMPARISONS = (
    "a comparison, after, anniversary, before, between, contains, ends, has, in, is, last, month, next, not, on, previous, "
    "size, starts, this, weekday, within"
)

SLIPS = [
    ("", 1, 1, f"the rule ends too early; expected {AT_THE_START}"),
    (" \n ", 1, 1, f"the rule ends too early; expected {AT_THE_START}"),
    ("a = 1 and", 1, 10, f"the rule ends too early; expected {AT_THE_START}"),
    ("a = 1\n  and\n\n", 2, 6, f"the rule ends too early; expected {AT_THE_START}"),
    ("a = 1 and \u2028x\u2028 =", 1, 11, f"'\\u2028' is not expected here; expected {AT_THE_START}"),
    ("(a = 1", 1, 7, "the rule ends too early; expected )"),
    ("a = 1)", 1, 6, "')' is not expected here; expected the end"),
    ("a = FR", 1, 5, "'FR' is not expected here; expected a number, a text in \"quotes\""),
    ("a == 1", 1, 4, "'=' is not expected here; expected a number, a text in \"quotes\""),
    ('a = "FR', 1, 5, "the text in quotes has no end on its line"),
    ('a = 1 and\nb = "F\nR"', 2, 5, "the text in quotes has no end on its line"),
    ("a is maybe", 1, 6, "'maybe' is not expected here; expected not, set, true or false"),
    ("a in ()", 1, 7, "')' is not expected here; expected a number, a text in \"quotes\""),
    ("a between 1", 1, 12, "the rule ends too early; expected and"),
    ("a this decade", 1, 8, "'decade' is not expected here; expected day, week, month, quarter or year"),
    ("a last 3 fortnights", 1, 10, "'fortnights' is not expected here; expected a unit (days, hours, …)"),
    ("a = 1 if unknown maybe", 1, 18, "'maybe' is not expected here; expected yes or no"),
    # Names
    (
        "Customer.country = 1",
        1,
        1,
        f"'Customer.country' is not expected here; expected {AT_THE_START}; did you mean customer.country?",
    ),
    (
        "a = 1\nand orders.Count() >= 1",
        2,
        5,
        f"'orders.Count' is not expected here; expected {AT_THE_START}; did you mean orders.count?",
    ),
    ("a. = 1", 1, 1, f"'a.' is not expected here; expected {AT_THE_START}"),
    ("ł = 1", 1, 1, f"'ł' is not expected here; expected {AT_THE_START}"),
    ("where = 1", 1, 1, f"'where' is not expected here; expected {AT_THE_START}"),
    ("sequence (a, last)", 1, 14, "'last' is not expected here; expected the name of a fact"),
    # Slips of words
    ("a = 1 adn b = 2", 1, 7, "'adn' is not expected here; expected and, if, or, the end; did you mean and?"),
    ("a = 1 AND b = 2", 1, 7, "'AND' is not expected here; expected and, if, or, the end; did you mean and?"),
    ("a = 1 if unkown yes", 1, 10, "'unkown' is not expected here; expected unknown; did you mean unknown?"),
    ("a = 1 if unknown yess", 1, 18, "'yess' is not expected here; expected yes or no; did you mean yes?"),
    ("a cotains 1", 1, 3, f"'cotains' is not expected here; expected (, {COMPARISONS}; did you mean contains?"),
    ("a last 3 moths", 1, 10, "'moths' is not expected here; expected a unit (days, hours, …); did you mean months?"),
    (
        "a this quater",
        1,
        8,
        "'quater' is not expected here; expected day, week, month, quarter or year; did you mean quarter?",
    ),
    ("a is ture", 1, 6, "'ture' is not expected here; expected not, set, true or false; did you mean true?"),
    ("orders.count(lst 3 days) = 1", 1, 18, "'3' is not expected here; expected ), a comma"),
    (
        "pattern orders stoped period 1 day",
        1,
        16,
        "'stoped' is not expected here; expected first time, regularly, stopped or restarted, where; did you mean stopped?",
    ),
    ("top 10 percnt by a", 1, 8, "'percnt' is not expected here; expected by, percent; did you mean percent?"),
    ("bucket spring 0 to 49", 1, 8, "'spring' is not expected here; expected a text in \"quotes\""),
    ("in segment vip", 1, 12, "'vip' is not expected here; expected a text in \"quotes\""),
    ('in segment "vip" for 3 days', 1, 22, "'3' is not expected here; expected at least"),
    ("sequence (a)) within", 1, 13, "')' is not expected here; expected the end"),
    # What does not stand there
    ("a = 1 and orders.count(where b.count() = 1) = 1", 1, 37, UNASKED),
    ("orders.first(test b.first(test c = 1))", 1, 26, UNASKED),
    ("orders.count(where any lines (b.count() = 1)) = 1", 1, 38, UNASKED),
    ("sequence (orders.count(), b)", 1, 23, "'(' is not expected here; expected ), a comma, where"),
    ("orders.count(where a = 1 if unknown no) = 1", 1, 26, UNKNOWN),
    ("(a = 1) if unknown no", 1, 9, UNKNOWN),
    ("any lines (a = 1)", 1, 5, "any lines (…) asks the rows below a row: it stands inside where"),
    ("a = 1 and all order.lines (a = 1)", 1, 15, "all order.lines (…) asks the rows below a row: it stands inside where"),
    ("none lines (a = 1)", 1, 1, f"'none' is not expected here; expected {AT_THE_START}"),
    (
        "orders.count(where top = 1) = 1",
        1,
        20,
        "'top' is not expected here; expected (, all, any, at least, none, not, the name of a fact",
    ),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), SLIPS, ids=[repr(slip[0])[:40] for slip in SLIPS])
def test_mistakes_have_their_line_and_column(text, line, column, message):
    problem = only_problem(text)

    assert (problem.path, problem.line, problem.column) == ("", line, column)
    assert problem.message == message


def test_a_missing_and_is_found_before_a_name_that_begins_with_or():
    problem = only_problem("orders.count() = 0 orders.count() = 1")

    assert (problem.line, problem.column) == (1, 20)
    assert problem.message == "'orders.count' is not expected here; expected and, if, or, the end"


def test_a_message_says_where_it_is():
    with pytest.raises(RuleError, match=r"^line 2, column 5: 'FR' is not expected here"):
        parse("\na = FR")
