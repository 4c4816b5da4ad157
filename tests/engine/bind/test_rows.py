from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from segmentation.facts import Fact
from segmentation.kernel.plan import (
    AfterLast,
    InSpans,
    IsSet,
    Leaf,
    NthLeaf,
    RowBelow,
    RowGroup,
    RowTest,
    Selection,
    Span,
    Term,
    Words,
)
from segmentation.rules import Rule, tree
from segmentation.rules.tree import Before, Behaviour, Below, Duration, Group, Last, NotLast, Previous, Since, SinceLast, This
from segmentation.rules.values import Kind
from tests.engine.binding import only_leaf, problems, rows
from tests.facts.shop import CATALOGUE

LAMPS = RowTest("product.category", Words("=", ("lamps",)))
GIFT = RowTest("gift", IsSet(True))


def selection(text):
    """The rows that a behaviour looks at."""
    return only_leaf(text).asked.selection


# Windows


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("not last 3 weeks", NotLast(Duration(3, "week"))),
        ('before "2026-01-01"', Before("2026-01-01")),
        ('since "2026-01-01T10:00"', Since("2026-01-01T10:00")),
        ("this quarter", This("quarter")),
        ("previous month", Previous("month")),
        ("last 24 hours", Last(Duration(24, "hour"))),
    ],
)
def test_windows_of_time_are_kept_as_they_are(text, window):
    assert selection(f"orders.count({text}) > 0").window == window


def test_a_window_since_the_last_row_is_bounded_by_a_selection_of_its_own():
    assert selection("spend.sum(amount, since last orders) > 0").window == AfterLast(Selection("orders"))
    assert selection("spend.sum(amount, since last orders where gift is set) > 0").window == AfterLast(
        Selection("orders", rows(GIFT))
    )


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("spend.count(since last order) > 0", "/window/since_last", "unknown relation order; did you mean orders?"),
        ("spend.count(since last pets) > 0", "/window/since_last", "unknown relation pets"),
        ("spend.count(since last marks) > 0", "/window/since_last", "marks has no time, which this asks for"),
        (
            "spend.count(since last orders where totl > 5) > 0",
            "/window/where/rules/0/field",
            "orders has no column totl; did you mean total?",
        ),
        ("marks.count(since last orders) > 0", "/window", "marks has no time, so it takes no window"),
        ('spend.count(before "never") > 0', "/window/before", "'never' is not a date or time"),
        ('orders.last(test gift is set, since "soon")', "/window/since", "'soon' is not a date or time"),
        ("orders.last(test gift is set, since last pets)", "/window/since_last", "unknown relation pets"),
    ],
)
def test_windows_that_cannot_be(text, path, message):
    assert problems(text) == [(f"/rules/0{path}", message)]


# Rows below and above


@pytest.mark.parametrize("quantifier", ["any", "all", "none"])
def test_rows_below_under_each_quantifier(quantifier):
    text = f'orders.count(where {quantifier} lines (product.category = "Lamps" and quantity > 1)) > 0'
    quantity = RowTest("quantity", InSpans((Span(low=Fraction(1), low_open=True),)))

    assert selection(text).filter == rows(RowBelow("lines", "order_lines", quantifier, rows(LAMPS, quantity)))


def test_rows_below_beside_other_tests_and_in_groups():
    found = selection('orders.count(where gift is set and not (any lines (product.category = "Lamps") or gift is set)) > 0')

    below = RowBelow("lines", "order_lines", "any", rows(LAMPS))
    assert found.filter == rows(GIFT, RowGroup("or", (below, GIFT), negated=True))


def test_rows_below_in_the_test_of_a_row():
    leaf = only_leaf('orders.last(test any lines (product.category = "Lamps"))')

    assert leaf == NthLeaf(Selection("orders"), -1, rows(RowBelow("lines", "order_lines", "any", rows(LAMPS))))


def test_a_column_of_a_row_above_is_a_column():
    assert selection('order_lines.count(where product.category = "Lamps") > 0').filter == rows(LAMPS)
    term = Term(Selection("order_lines"), "count_distinct", "product.category")
    assert only_leaf("order_lines.count_distinct(product.category) >= 4") == Leaf(term, InSpans((Span(low=Fraction(4)),)))


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        (
            "orders.count(where any line (quantity > 1)) > 0",
            "/where/rules/0/path",
            "orders has no rows below called line; did you mean lines?",
        ),
        ("orders.count(where any items (quantity > 1)) > 0", "/where/rules/0/path", "orders has no rows below called items"),
        (
            "order_lines.count(where any lines (quantity > 1)) > 0",
            "/where/rules/0/path",
            "order_lines has no rows below called lines",
        ),
        (
            "orders.count(where any lines (quantiy > 1)) > 0",
            "/where/rules/0/where/rules/0/field",
            "order_lines has no column quantiy; did you mean quantity?",
        ),
        (
            'orders.count(where all lines (quantity = "few" or line_total contains "x")) > 0',
            "/where/rules/0/where/rules/0/value",
            "'few' is not a number",
        ),
        (
            "orders.count(where lines.quantity > 1) > 0",
            "/where/rules/0/field",
            "lines.quantity are rows below: ask any, all or none of them, such as any lines (…)",
        ),
        (
            "orders.count(where lines is set) > 0",
            "/where/rules/0/field",
            "lines are rows below: ask any, all or none of them, such as any lines (…)",
        ),
        (
            "orders.sum(lines.quantity) > 1",
            "/of",
            "lines.quantity are rows below: ask any, all or none of them, such as any lines (…)",
        ),
        (
            "orders.first(test any basket (quantity > 1))",
            "/test/rules/0/path",
            "orders has no rows below called basket",
        ),
        (
            'order_lines.count(where product.categroy = "Lamps") > 0',
            "/where/rules/0/field",
            "order_lines has no column product.categroy; did you mean product.category?",
        ),
    ],
)
def test_rows_that_are_not_there(text, path, message):
    assert problems(text)[0] == (f"/rules/0{path}", message)


def test_each_problem_below_is_told():
    text = 'orders.count(where all lines (quantity = "few" or line_total contains "x")) > 0'

    known = "=, !=, in, <, <=, >, >=, between, is set, is not set"
    assert problems(text) == [
        ("/rules/0/where/rules/0/where/rules/0/value", "'few' is not a number"),
        (
            "/rules/0/where/rules/0/where/rules/1/operator",
            f"line_total is a money, which has no operator contains; it has {known}",
        ),
    ]


def test_at_least_so_many_tests_of_a_row():
    found = selection(
        'order_lines.count(where at least 2 of (product.category = "Lamps", quantity is set, line_total is set)) > 0'
    )

    group = found.filter
    assert (group.combinator, group.n, len(group.parts), group.parts[0]) == ("at_least", 2, 3, LAMPS)


def test_an_empty_group_below_made_by_hand():
    below = Below("lines", "any", Group("and", ()))
    rule = Rule(Group("and", (Behaviour("orders", "count", ">", "0", where=Group("and", (below,))),)))

    assert problems(rule) == [("/rules/0/where/rules/0/where", "the group is empty: say whom it should take in")]


def test_a_window_made_by_hand_over_a_selection_that_is_wrong():
    window = SinceLast("orders", Group("and", (tree.Test("gift", "is_set"), tree.Test("nothing", "is_set"))))
    rule = Rule(Group("and", (Behaviour("spend", "count", ">", "0", window=window),)))

    assert problems(rule) == [("/rules/0/window/where/rules/1/field", "orders has no column nothing")]


# What is kept from rules


UNASKED = replace(
    CATALOGUE,
    unasked={
        "orders.email": "personal",
        "orders.order_id": "key",
        "order_lines.order.email": "personal",
        "order_lines.product.product_id": "key",
    },
)
PERSONAL = "%s is personal: it is never kept, and so never asked"
KEY = "%s is a key: it names rows and cannot be asked"


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ('orders.count(where email = "a") > 0', "/where/rules/0/field", PERSONAL % "orders.email"),
        ('order_lines.count(where order.email = "a") > 0', "/where/rules/0/field", PERSONAL % "order_lines.order.email"),
        (
            'orders.count(where any lines (order.email = "a")) > 0',
            "/where/rules/0/where/rules/0/field",
            PERSONAL % "order_lines.order.email",
        ),
        ("orders.count_distinct(order_id) > 0", "/of", KEY % "orders.order_id"),
        ('orders.first(test order_id = "1")', "/test/rules/0/field", KEY % "orders.order_id"),
        ("order_lines.count_distinct(product.product_id) > 0", "/of", KEY % "order_lines.product.product_id"),
        ('spend.count(since last orders where email = "a") > 0', "/window/where/rules/0/field", PERSONAL % "orders.email"),
        ("top 10 by orders.count_distinct(order_id)", "/of", KEY % "orders.order_id"),
    ],
)
def test_what_is_kept_from_rules_is_kept_everywhere(text, path, message):
    assert problems(text, catalogue=UNASKED) == [(f"/rules/0{path}", message)]


def test_what_is_kept_from_rules_is_kept_in_every_kind_of_leaf():
    text = (
        'sequence (orders where email = "a", spend) then no orders where order_id = "1"'
        ' and pattern orders where email = "a" regularly period 1 month periods 2'
    )

    assert problems(text, catalogue=UNASKED) == [
        ("/rules/0/steps/0/where/rules/0/field", PERSONAL % "orders.email"),
        ("/rules/0/not_then/where/rules/0/field", KEY % "orders.order_id"),
        ("/rules/1/where/rules/0/field", PERSONAL % "orders.email"),
    ]


def test_a_fact_that_may_be_asked_is_no_secret():
    catalogue = replace(UNASKED, attributes={"customer.mood": Fact("customer.mood", Kind.TEXT)})

    assert only_leaf("customer.mood is set", catalogue=catalogue) == Leaf("customer.mood", IsSet(True))
