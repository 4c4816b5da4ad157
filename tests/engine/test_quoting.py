from __future__ import annotations

from segmentation.engine.quoting import quoted
from segmentation.errors import Problem
from segmentation.rules import parse

RULE = parse('orders.count() >= 1 and (customer.country = "GB" or orders.count() >= 2)')


def test_the_condition_that_holds_the_place():
    assert quoted(Problem("/rules/1/rules/0/value", "%(name)s is odd", {"name": "GB"}), RULE) == (
        'In “customer.country = "GB"” (/rules/1/rules/0/value): GB is odd'
    )


def test_the_other_condition_too():
    problem = Problem("/rules/1/rules/1", "as in %(other)s", {"other": "/rules/0"})

    assert quoted(problem, RULE) == "In “orders.count() >= 2” (/rules/1/rules/1): as in “orders.count() >= 1” (/rules/0)"
    assert quoted(problem) == "At /rules/1/rules/1: as in /rules/0"


def test_a_place_in_no_condition():
    assert quoted(Problem("/rules/1", "odd"), RULE) == "At /rules/1: odd"
    assert quoted(Problem("", "100% odd"), RULE) == "100% odd"
    assert quoted(Problem("", "odd", {}, 2, 7), RULE) == "Line 2, column 7: odd"
