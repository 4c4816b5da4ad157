from __future__ import annotations

import pytest

from segmentation.facts.asked import asked_of, facts_asked
from segmentation.rules import parse
from segmentation.rules.tree import leaves
from tests.facts.shop import CATALOGUE


def asked(text):
    """Names of the facts that the one condition of a rule reads."""
    ((_, leaf),) = leaves(parse(text))
    return [fact.name for fact in facts_asked(leaf, CATALOGUE)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('customer.country = "FR"', ["customer.country"]),
        ("orders.count() = 0", []),
        ("orders.sum(total) > 5", ["total"]),
        ('orders.sum(total, where channel = "web" and total > 5) > 5', ["total", "channel"]),
        ('orders.count(where not (channel = "web" or gift is true)) = 0', ["channel", "gift"]),
        ('order_lines.count(where product.category = "Lamps") = 0', ["product.category"]),
        ('orders.count(where any lines (product.category = "Lamps")) = 0', ["product.category"]),
        ('orders.count(where channel = "web", since last order_lines where quantity > 5) = 0', ["channel", "quantity"]),
        ("top 10 percent by customer.visits", ["customer.visits"]),
        ("top 10 percent by orders.sum(total, where gift is true)", ["total", "gift"]),
        ("orders.first(where gift is true, test total >= 100)", ["gift", "total"]),
        (
            'sequence (orders where gift is true, orders) then no order_lines where product.category = "Lamps"',
            ["gift", "product.category"],
        ),
        ("pattern orders where gift is true stopped period 1 month periods 3", ["gift"]),
        ('in segment "vip"', []),
        ('bucket "spring" 0 to 49', []),
    ],
)
def test_what_a_condition_reads(text, names):
    assert asked(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "customer.shoe_size = 43",
        "pets.count(where legs = 4) = 0",
        "orders.count(where wings = 2) = 0",
        "orders.count(where any parcels (weight = 2)) = 0",
        "pets.count(where any toys (colour = 2)) = 0",
    ],
)
def test_what_the_shop_does_not_have_is_left_out(text):
    assert asked(text) == []


def test_what_it_is_compared_with():
    where = 'channel in ("web", "app") and any lines (product.category = "Lamps")'
    text = f"orders.sum(total, where {where}, since last order_lines where quantity > 5) > 5"
    ((_, leaf),) = leaves(parse(text))

    assert [tuple(one) for one in asked_of(leaf, CATALOGUE)] == [
        ("orders", "total", "", None),
        ("orders", "channel", "in", ("web", "app")),
        ("order_lines", "product.category", "=", "Lamps"),
        ("order_lines", "quantity", ">", "5"),
    ]
