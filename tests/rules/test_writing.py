from __future__ import annotations

import pytest

from segmentation.rules import Rule, format_rule, parse
from segmentation.rules.tree import (
    Attribute,
    Below,
    Circle,
    Comparison,
    Duration,
    Group,
    SinceLast,
)
from segmentation.rules.values import OPERATORS, PERIODS, UNITS, Shape
from tests.rules.texts import A, B, C, row

# Operators

WRITTEN = {
    Shape.NOTHING: [("", None)],
    Shape.ONE: [("5", "5"), ("-5.50", "-5.50"), ('"FR"', "FR"), ('"2026-01-01"', "2026-01-01")],
    Shape.MANY: [("(1)", ("1",)), ('("FR", 2)', ("FR", "2"))],
    Shape.ONE_OR_MANY: [("3", "3"), ("(3, 4)", ("3", "4"))],
    Shape.PAIR: [("1 and 2", ("1", "2")), ('"2026-01-01" and "2026-02-01"', ("2026-01-01", "2026-02-01"))],
    Shape.YES_NO: [("true", True), ("false", False)],
    Shape.DURATION: [(f"{n} {unit}{'s' * (n != 1)}", Duration(n, unit)) for n in (0, 1, 7) for unit in UNITS],
    Shape.PERIOD: [(period, period) for period in PERIODS],
    Shape.COMPARISON: [
        (">= 2", Comparison(">=", "2")),
        ("!= 0", Comparison("!=", "0")),
        ("in (1, 2)", Comparison("in", ("1", "2"))),
        ("between 1 and 2", Comparison("between", ("1", "2"))),
    ],
}
SPELLED = [
    (f"customer.x {operator.text} {written}".strip(), operator.name, value)
    for operator in OPERATORS.values()
    if operator.shape is not Shape.CIRCLE
    for written, value in WRITTEN[operator.shape]
]
SPELLED += [
    ("customer.x within 20 km of (48.85, 2.35)", "within_km", Circle("48.85", "2.35", "20")),
    ("customer.x within 0.5 km of (-90, -179.99)", "within_km", Circle("-90", "-179.99", "0.5")),
]


def test_no_operator_is_forgotten():
    assert {operator for _, operator, _ in SPELLED} == set(OPERATORS)


@pytest.mark.parametrize(("text", "operator", "value"), SPELLED, ids=[text for text, _, _ in SPELLED])
def test_every_operator_has_its_spelling(text, operator, value):
    assert parse(text).root == Group("and", (Attribute("customer.x", operator, value),))
    assert format_rule(parse(text)) == text


@pytest.mark.parametrize(("text", "operator", "value"), SPELLED, ids=[text for text, _, _ in SPELLED])
def test_every_operator_may_stand_in_where(text, operator, value):
    whole = f"orders.count(where {text}, last 3 days) >= 1"

    (leaf,) = parse(whole).root.rules
    assert leaf.where == row(("customer.x", operator, value))
    assert format_rule(parse(whole)) == whole


# Groups

GROUPS = [
    ("a = 1", Group("and", (A,))),
    ("a = 1 and b = 2", Group("and", (A, B))),
    ("a = 1 or b = 2", Group("or", (A, B))),
    ("a = 1 and b = 2 and c = 3", Group("and", (A, B, C))),
    ("(a = 1)", Group("and", (Group("and", (A,)),))),
    ("((a = 1))", Group("and", (Group("and", (Group("and", (A,)),)),))),
    ("(a = 1 or b = 2)", Group("and", (Group("or", (A, B)),))),
    ("(a = 1 or b = 2) and c = 3", Group("and", (Group("or", (A, B)), C))),
    ("a = 1 and (b = 2 and c = 3)", Group("and", (A, Group("and", (B, C))))),
    ("not (a = 1)", Group("and", (A,), negated=True)),
    ("not (a = 1 and b = 2)", Group("and", (A, B), negated=True)),
    ("not (a = 1 or b = 2)", Group("or", (A, B), negated=True)),
    ("not (not (a = 1))", Group("and", (Group("and", (A,), negated=True),), negated=True)),
    ("(not (a = 1))", Group("and", (Group("and", (Group("and", (A,), negated=True),)),))),
    ("all of (not (a = 1))", Group("and", (Group("and", (A,), negated=True),))),
    ("any of (a = 1)", Group("or", (A,))),
    ("all of (any of (a = 1))", Group("and", (Group("or", (A,)),))),
    ("not any of (a = 1)", Group("or", (A,), negated=True)),
    ("any of (not (a = 1))", Group("or", (Group("and", (A,), negated=True),))),
    ("a = 1 and any of (b = 2)", Group("and", (A, Group("or", (B,))))),
    ("at least 1 of (a = 1)", Group("at_least", (A,), n=1)),
    ("at least 2 of (a = 1, b = 2, c = 3)", Group("at_least", (A, B, C), n=2)),
    ("not at least 2 of (a = 1, b = 2)", Group("at_least", (A, B), negated=True, n=2)),
    ("all of (at least 1 of (a = 1, b = 2))", Group("and", (Group("at_least", (A, B), n=1),))),
    ("(at least 1 of (a = 1)) or b = 2", Group("or", (Group("and", (Group("at_least", (A,), n=1),)), B))),
    ("at least 1 of (a = 1) or b = 2", Group("or", (Group("at_least", (A,), n=1), B))),
    (
        "at least 1 of ((a = 1 or b = 2), not (c = 3), at least 1 of (a = 1))",
        Group(
            "at_least",
            (Group("or", (A, B)), Group("and", (C,), negated=True), Group("at_least", (A,), n=1)),
            n=1,
        ),
    ),
    ("not (a = 1) and not (b = 2)", Group("and", (Group("and", (A,), negated=True), Group("and", (B,), negated=True)))),
]


@pytest.mark.parametrize(("text", "root"), GROUPS, ids=[text for text, _ in GROUPS])
def test_groups_are_written_and_read_alike(text, root):
    assert parse(text).root == root
    assert format_rule(Rule(root)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a = 1 or b = 2 and c = 3", "a = 1 or (b = 2 and c = 3)"),
        ("a = 1 and b = 2 or c = 3", "(a = 1 and b = 2) or c = 3"),
        ("not a = 1", "not (a = 1)"),
        ("not a = 1 and b = 2", "not (a = 1) and b = 2"),
        ("(not a = 1)", "(not (a = 1))"),
        ("all of (a = 1, b = 2)", "a = 1 and b = 2"),
        ("any of (a = 1, b = 2)", "a = 1 or b = 2"),
        ("all of (a = 1)", "a = 1"),
        ("any of (a = 1, b = 2) and c = 3", "(a = 1 or b = 2) and c = 3"),
        ("any of (a = 1 and b = 2, c = 3)", "(a = 1 and b = 2) or c = 3"),
        ("not all of (a = 1, b = 2)", "not (a = 1 and b = 2)"),
        ("((a = 1 or b = 2))", "((a = 1 or b = 2))"),
        ("at least 1 of (a = 1 and b = 2, c = 3)", "at least 1 of ((a = 1 and b = 2), c = 3)"),
        ("not (at least 1 of (a = 1))", "not (at least 1 of (a = 1))"),
    ],
)
def test_and_binds_tighter_than_or_and_not_tighter_than_both(text, written):
    assert format_rule(parse(text)) == written
    assert parse(written) == parse(text)


@pytest.mark.parametrize(
    "where",
    [
        "a = 1 or b = 2",
        "not (a = 1)",
        "any of (a = 1)",
        "all of (not (a = 1))",
        "(a = 1 or b = 2) and not (c = 3)",
        "at least 2 of (a = 1, not (b = 2))",
    ],
)
def test_where_has_groups_too(where):
    text = f"orders.count(where {where}) >= 1"

    (leaf,) = parse(text).root.rules
    whole = parse(where).root
    assert (leaf.where.combinator, leaf.where.negated, leaf.where.n) == (whole.combinator, whole.negated, whole.n)
    assert format_rule(parse(text)) == text


ANY_LAMP = Below("lines", "any", row(("category", "=", "Lamps")))


@pytest.mark.parametrize(
    ("where", "group"),
    [
        ('any lines (category = "Lamps")', row(ANY_LAMP)),
        ("all lines (x = 1 and y = 2)", row(Below("lines", "all", row(("x", "=", "1"), ("y", "=", "2"))))),
        ("none lines (not (x = 1))", row(Below("lines", "none", Group("and", row(("x", "=", "1")).rules, negated=True)))),
        ("any lines ((x = 1))", row(Below("lines", "any", row(row(("x", "=", "1")))))),
        ("any lines (any of (x = 1))", row(Below("lines", "any", Group("or", row(("x", "=", "1")).rules)))),
        ('not (any lines (category = "Lamps"))', Group("and", (ANY_LAMP,), negated=True)),
        ('any lines (category = "Lamps") or x = 1', Group("or", row(ANY_LAMP, ("x", "=", "1")).rules)),
        ('any of (any lines (category = "Lamps"))', Group("or", (ANY_LAMP,))),
    ],
)
def test_rows_below(where, group):
    text = f"orders.count(where {where}) >= 1"

    assert parse(text).root.rules[0].where == group
    assert format_rule(parse(text)) == text


SINGLE = [
    ("x = 1", row(("x", "=", "1"))),
    ("not (x = 1)", Group("and", row(("x", "=", "1")).rules, negated=True)),
    ("all of (x = 1, y = 2)", row(("x", "=", "1"), ("y", "=", "2"))),
    ("any of (x = 1, y = 2)", Group("or", row(("x", "=", "1"), ("y", "=", "2")).rules)),
    ("at least 1 of (x = 1, y = 2)", Group("at_least", row(("x", "=", "1"), ("y", "=", "2")).rules, n=1)),
    ("(x = 1 and y = 2)", row(row(("x", "=", "1"), ("y", "=", "2")))),
    ("all of (not (x = 1))", row(Group("and", row(("x", "=", "1")).rules, negated=True))),
    ('any lines (category = "Lamps")', row(ANY_LAMP)),
]


@pytest.mark.parametrize(("where", "group"), SINGLE)
def test_where_is_one_phrase_where_nothing_parts_it_from_what_follows(where, group):
    text = f"sequence (a, b) since last c where {where} then no d where {where} and e = 1 or f = 2"
    written = f"(sequence (a, b) since last c where {where} then no d where {where} and e = 1) or f = 2"

    leaf = parse(text).root.rules[0].rules[0]
    assert (leaf.window, leaf.not_then.where) == (SinceLast("c", group), group)
    assert format_rule(parse(text)) == written


@pytest.mark.parametrize(("where", "group"), [*SINGLE, ("x = 1 and y = 2", row(("x", "=", "1"), ("y", "=", "2")))])
def test_a_window_among_arguments_takes_more_than_one_phrase(where, group):
    rule = parse(f"a.sum(since last c where {where}, x) > 1")

    assert rule.root.rules[0].window == SinceLast("c", group)
    assert parse(format_rule(rule)) == rule


# Arguments


def test_any_time_is_no_window():
    assert parse("orders.count(any time) >= 1") == parse("orders.count() >= 1")
    assert format_rule(parse("orders.count(any time) >= 1")) == "orders.count() >= 1"


def test_arguments_come_in_any_order_and_are_written_in_one():
    text = 'orders.sum(last 3 days, where channel = "web", total) > 5'

    assert format_rule(parse(text)) == 'orders.sum(total, where channel = "web", last 3 days) > 5'


def test_the_arguments_of_a_row_come_in_any_order_and_are_written_in_one():
    text = "orders.nth(test total > 5, last 3 days, 2, where a = 1)"

    assert format_rule(parse(text)) == "orders.nth(2, where a = 1, last 3 days, test total > 5)"


# Texts in quotes


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('""', ""),
        (r'"say \"hi\""', 'say "hi"'),
        (r'"back\\slash"', "back\\slash"),
        (r'"tab\tline\nend"', "tab\tline\nend"),
        ('"a\tb"', "a\tb"),
        (r'"\u017b\u00f3\u0142w"', "Żółw"),
        (r'"\ud83d\ude00"', "😀"),
        ('"a) or (b // c"', "a) or (b // c"),
        ('"%(x)s {0} \u2028"', "%(x)s {0} \u2028"),
    ],
)
def test_texts_in_quotes(written, text):
    rule = parse(f"a = {written}")

    assert rule.root.rules == (Attribute("a", "=", text),)
    assert parse(format_rule(rule)) == rule


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("5", "5"),
        ("-5.50", "-5.50"),
        ("007", "007"),
        ("1" * 40, "1" * 40),
        ("1.", '"1."'),
        (".5", '".5"'),
        ("--5", '"--5"'),
        ("1e5", '"1e5"'),
        ("²", '"²"'),
        ("", '""'),
        ("true", '"true"'),
        ('"', r'"\""'),
        ("a\nb", r'"a\nb"'),
        ("Żółw", '"Żółw"'),
    ],
)
def test_numbers_are_written_bare_and_other_texts_in_quotes(value, written):
    rule = Rule(Group("and", (Attribute("a", "=", value),)))

    assert format_rule(rule) == f"a = {written}"
    assert parse(format_rule(rule)) == rule


def test_unknown_as_unknown_is_not_written():
    assert format_rule(Rule(Group("and", (Attribute("a", "=", "1", "unknown"),)))) == "a = 1"


def test_segments_and_salts_are_texts_in_quotes():
    assert format_rule(parse('bucket "say \\"hi\\"" 0 to 49')) == 'bucket "say \\"hi\\"" 0 to 49'
    assert format_rule(parse('bucket "5" 0 to 49')) == 'bucket "5" 0 to 49'
    assert format_rule(parse('in segment "2026"')) == 'in segment "2026"'
