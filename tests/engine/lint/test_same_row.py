from __future__ import annotations

import pytest

from segmentation.engine.lint.same_row import warnings
from tests.engine.lint.looking import warned

LAMPS = 'order_lines.count(where product.category = "Lamps") >= 1'
DEAR = "order_lines.count(where line_total > 20) >= 1"


def message(other):
    return f"this and the condition at {other} may be met by two different rows; if one row is meant, join them in one where"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LAMPS} and {DEAR}", [("/rules/1", "/rules/0")]),
        (f"{LAMPS} and customer.country is set and ({DEAR} and orders.count() > 0)", [("/rules/2/rules/0", "/rules/0")]),
        (f"orders.count() > 0 or ({LAMPS} and {DEAR})", [("/rules/1/rules/1", "/rules/1/rules/0")]),
        (
            f"{LAMPS} and {DEAR} and order_lines.count(where quantity > 1) > 0",
            [("/rules/1", "/rules/0"), ("/rules/2", "/rules/0"), ("/rules/2", "/rules/1")],
        ),
        (
            "orders.count(where gift is true, last 7 days) >= 2 and orders.count(where total > 20, last 7 days) > 0",
            [("/rules/1", "/rules/0")],
        ),
        (
            "orders.count(where any lines (quantity > 1)) > 0 and orders.count(where any lines (line_total > 20)) > 0",
            [("/rules/1", "/rules/0")],
        ),
        (
            "orders.count(where gift is true or channel is set) > 0 and orders.count(where total > 20) > 0",
            [("/rules/1", "/rules/0")],
        ),
    ],
)
def test_conditions_that_two_rows_may_meet(text, expected):
    assert warned(warnings, text) == [(path, message(other)) for path, other in expected]


@pytest.mark.parametrize(
    "text",
    [
        LAMPS,
        'order_lines.count(where product.category = "Lamps" and line_total > 20) >= 1',
        f"{LAMPS} or {DEAR}",
        f"not ({LAMPS} and {DEAR})",
        f"{LAMPS} and (orders.count() > 0 or {DEAR})",
        f"at least 2 of ({LAMPS}, {DEAR})",
        # The same column twice is meant so.
        f'{LAMPS} and order_lines.count(where product.category = "Chairs") >= 1',
        f"{LAMPS} and order_lines.count(where product.category is set and line_total > 20) >= 1",
        # Other rows.
        f"{LAMPS} and orders.count(where total > 20) >= 1",
        f"{LAMPS} and order_lines.count(where line_total > 20, last 7 days) >= 1",
        # Nobody asks for a row.
        f"{LAMPS} and order_lines.count(where line_total > 20) = 0",
        f"{LAMPS} and order_lines.count(where line_total > 20) <= 5",
        f"{LAMPS} and order_lines.count(where line_total > 20) between 1 and 5",
        f"{LAMPS} and order_lines.sum(line_total, where line_total > 20) >= 1",
        f"{LAMPS} and order_lines.count() >= 1",
        "order_lines.count() >= 1 and order_lines.count() >= 2",
    ],
)
def test_conditions_that_are_meant_so(text):
    assert warned(warnings, text) == []
