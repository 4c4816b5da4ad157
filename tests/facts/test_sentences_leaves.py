from __future__ import annotations

import pytest

from tests.facts.sentences_shop import condition_of

LEAVES = [
    ("orders.first(test total >= 100)", "the first order meets (total is at least 100 GBP)"),
    ("orders.last(test total >= 100, last 90 days)", "the last order in the last 90 days meets (total is at least 100 GBP)"),
    (
        'orders.last(where channel = "app", test placed_at not last 60 days)',
        "the last order where (channel is “app”) meets (order date is more than 60 days ago) (customers "
        "without such an order, or for whom this is not known, are left out)",
    ),
    (
        'orders.nth(3, test total >= 100 and channel = "web")',
        "order number 3 meets (total is at least 100 GBP and channel is “web”)",
    ),
    (
        "top 10 percent by orders.sum(total, last 365 days)",
        "among the top 10% by the sum of total over orders in the last 365 days",
    ),
    (
        "top 10 percent by orders.sum(total, last 365 days) leave at 12 percent stay 7 days",
        "among the top 10% by the sum of total over orders in the last 365 days (members stay while among the "
        "top 12%) (members stay for at least 7 days)",
    ),
    (
        "bottom 2.5 percent by orders.avg(total) leave at 5 percent",
        "among the bottom 2.5% by the average total of orders (members stay while among the bottom 5%)",
    ),
    (
        "top 100 by orders.count(last 30 days) leave at 120",
        "among the top 100 customers by the number of orders in the last 30 days (members stay while among the top 120)",
    ),
    (
        "bottom 100 by orders.count() leave at 120",
        "among the bottom 100 customers by the number of orders (members stay while among the bottom 120)",
    ),
    ("top 1 by score.clv leave at 1", "the top customer by CLV (the member stays while at the top)"),
    ("bottom 1 by score.clv leave at 1", "the bottom customer by CLV (the member stays while at the bottom)"),
    ("bottom 20 percent by score.clv", "among the bottom 20% by CLV"),
    ('in segment "vip"', "in the segment “vip”"),
    ('not in segment "dormant" for at least 14 days', "not in the segment “dormant” for at least 14 days"),
    ('in segment "vip" entered last 7 days', "in the segment “vip”, entered in the last 7 days"),
    ('bucket "spring" 0 to 49', "in a fixed random 50% of all customers (draw “spring”, numbers 0 to 49)"),
    (
        'sequence (events where kind = "add", carts) within 2 days since "2026-01-01" then no orders where gift is true',
        "the sequence (an event where (kind is “add”), then a cart, all within 2 days, since Jan. 1, 2026, "
        "and no orders where (gift: yes) after that)",
    ),
    ("sequence (events, orders)", "the sequence (an event, then an order)"),
    ("pattern orders first time period 30 days", "the first order is in the last 30 days"),
    ("pattern orders regularly period 1 month periods 3", "at least 1 order in each of the last 3 months"),
    ("pattern orders regularly period 2 weeks periods 4", "at least 1 order in each of the last 4 periods of 2 weeks"),
    (
        "pattern orders stopped period 1 month periods 3",
        "no orders in the last 1 month, but at least 1 order in each of the 3 months before that",
    ),
    (
        "pattern orders stopped period 10 days periods 3",
        "no orders in the last 10 days, but at least 1 order in each of the 3 periods of 10 days before that",
    ),
    (
        'pattern orders where channel = "web" restarted period 2 months periods 3',
        "at least 1 order in the last 2 months, no orders in the 6 months before that, and at least 1 order "
        "even earlier (counting only orders where (channel is “web”))",
    ),
]


@pytest.mark.parametrize(("text", "condition"), LEAVES, ids=[text for text, _ in LEAVES])
def test_leaves_of_every_kind(text, condition):
    assert condition_of(text) == condition
