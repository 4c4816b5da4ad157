from __future__ import annotations

import pytest

from segmentation.engine.lint.unknowns import warnings
from tests.engine.lint.looking import warned

TURNED = "what is unknown is settled before the “not” above turns it round: check whom “if unknown” takes in"


def left_out(fact):
    return f"customers without a known {fact} are left out; add “if unknown yes” to take them in, or “if unknown no” to say so"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('customer.country != "FR"', "/rules/0"),
        ('customer.country not in ("FR")', "/rules/0"),
        ('orders.count() > 0 and (customer.country not contains "FR" or customer.visits > 1)', "/rules/1/rules/0"),
        ('not (customer.country != "FR")', "/rules/0"),
    ],
)
def test_negative_operators_that_leave_people_out(text, path):
    assert warned(warnings, text) == [(path, left_out("customer.country"))]


def test_sets_and_numbers_too():
    assert warned(warnings, 'customer.tags has none ("a") and customer.visits != 3') == [
        ("/rules/0", left_out("customer.tags")),
        ("/rules/1", left_out("customer.visits")),
    ]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('not (customer.country = "FR" if unknown no)', ["/rules/0"]),
        (
            'orders.count() > 0 and not (customer.country != "FR" if unknown yes or orders.avg(total) > 5 if unknown no)',
            ["/rules/1/rules/0", "/rules/1/rules/1"],
        ),
        ("not (orders.first(test gift is true) if unknown no)", ["/rules/0"]),
        ("not (top 5 by customer.credit if unknown yes)", ["/rules/0"]),
    ],
)
def test_what_is_settled_before_it_is_turned_round(text, paths):
    assert warned(warnings, text) == [(path, TURNED) for path in paths]


@pytest.mark.parametrize(
    "text",
    [
        'customer.country != "FR" if unknown yes',
        'customer.country != "FR" if unknown no',
        'customer.country = "FR"',
        'customer.country = "FR" if unknown no',
        'not (customer.country = "FR")',
        "customer.country is not set",
        'orders.count(where channel != "app") > 0',
        "orders.count() != 3",
    ],
)
def test_conditions_of_which_nobody_need_be_reminded(text):
    assert warned(warnings, text) == []
