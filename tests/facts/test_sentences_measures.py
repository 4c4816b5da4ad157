from __future__ import annotations

import pytest

from tests.facts.sentences_shop import condition_of

COUNTS = [
    ("orders.count() = 0", "no orders"),
    ("orders.count() < 1", "no orders"),
    ("orders.count() != 0", "at least 1 order"),
    ("orders.count() > 0", "at least 1 order"),
    ("orders.count() = 1", "exactly 1 order"),
    ("orders.count() != 3", "not exactly 3 orders"),
    ("orders.count() < 3", "fewer than 3 orders"),
    ("orders.count() <= 3", "at most 3 orders"),
    ("orders.count() > 3", "more than 3 orders"),
    ("orders.count() >= 3.0", "at least 3 orders"),
    ("orders.count() between 2 and 5", "from 2 to 5 orders"),
    ("orders.count() in (3, 4, 7)", "exactly 3 orders, 4 orders or 7 orders"),
    ("orders.count() > 2.5", "the number of orders is more than 2.5"),
    ("orders.count() is set", "the number of orders is known"),
    ("order_lines.count_distinct(product.category) >= 4", "at least 4 different values of product category over order lines"),
    (
        "order_lines.count_distinct(product.category, last 30 days) between 1 and 2",
        "from 1 to 2 different values of product category over order lines in the last 30 days",
    ),
    ("order_lines.count_distinct(product.category) = 0", "no values of product category over order lines"),
    (
        "order_lines.count_distinct(product.category) < 0.5",
        "the number of different values of product category over order lines is less than 0.5",
    ),
    ("refunds.count() >= 1", "at least 1 refund"),
    ("spend.count() = 0", "no orders or refunds"),
    ("carts.count() >= 2", "at least 2 carts"),
    ("cart_lines.count() >= 2", "at least 2 cart lines"),
    ("wishlist_items.count() >= 2", "at least 2 wishlist items"),
    ("events.count() >= 2", "at least 2 events"),
    ("pets.count() >= 2", "at least 2 rows of pets"),
]


@pytest.mark.parametrize(("text", "condition"), COUNTS, ids=[text for text, _ in COUNTS])
def test_how_many(text, condition):
    assert condition_of(text) == condition


MEASURES = [
    ("orders.sum(total, last 1 year) > 500", "the sum of total over orders in the last 1 year is more than 500 GBP"),
    ("orders.avg(total) >= 80.50", "the average total of orders is at least 80.50 GBP"),
    ("orders.min(total) > 5", "the lowest total of orders is more than 5 GBP"),
    ("orders.max(total) between 10 and 20", "the highest total of orders is from 10 GBP to 20 GBP"),
    ("orders.min(placed_at) last 30 days", "the earliest order date of orders is in the last 30 days"),
    ("orders.max(placed_at) this year", "the latest order date of orders is in this year"),
    ("orders.max(placed_at) is set", "the latest order date of orders is known"),
    (
        'order_lines.sum(quantity, where product.category = "Lamps") > 100',
        "the sum of quantity over order lines where (product category is “Lamps”) is more than 100",
    ),
    (
        "spend.sum(amount, last 365 days) > 200",
        "the sum of amount over orders less refunds in the last 365 days is more than 200 GBP",
    ),
    ("orders.share(where coupon_code is set) >= 0.8", "the share of orders where (coupon code is known) is at least 80%"),
    (
        "orders.share(where coupon_code is set, last 90 days) between 0.125 and 0.5",
        "the share of orders in the last 90 days where (coupon code is known) is from 12.5% to 50%",
    ),
    (
        'orders.share(total, where channel = "web" or gift is true) > 0.5',
        "the share in the sum of total over orders of those where (channel is “web” or gift: yes) is more than 50%",
    ),
    ("orders.share(where gift is true) is set", "the share of orders where (gift: yes) is known"),
    ('orders.share(where gift is true) = "many"', "the share of orders where (gift: yes) is many"),
    ("orders.days_between() >= 30", "the average number of days between orders is at least 30"),
    (
        'orders.days_between(where channel = "web", last 1 year) >= 7.5',
        "the average number of days between orders in the last 1 year where (channel is “web”) is at least 7.5",
    ),
]


@pytest.mark.parametrize(("text", "condition"), MEASURES, ids=[text for text, _ in MEASURES])
def test_measures(text, condition):
    assert condition_of(text) == condition


WINDOWS = [
    ("orders.count(last 90 days) >= 3", "at least 3 orders in the last 90 days"),
    ("orders.count(not last 90 days) >= 3", "at least 3 orders more than 90 days ago"),
    ("orders.count(last 12 hours) >= 3", "at least 3 orders in the last 12 hours"),
    ("orders.count(this day) >= 1", "at least 1 order today"),
    ("orders.count(this week) >= 1", "at least 1 order in this week"),
    ("orders.count(previous year) = 0", "no orders in the previous year"),
    ('orders.count(since "2026-01-01") >= 3', "at least 3 orders since Jan. 1, 2026"),
    ('orders.count(before "2026-01-01") >= 3', "at least 3 orders before Jan. 1, 2026"),
    ('orders.count(between "2026-01-01" and "2026-03-31") >= 3', "at least 3 orders from Jan. 1, 2026 to March 31, 2026"),
    (
        'orders.count(between "2026-01-01T08:00" and "2026-01-01T12:00") >= 3',
        "at least 3 orders from Jan. 1, 2026, 8 a.m. to Jan. 1, 2026, noon",
    ),
    ("events.count(since last orders) >= 3", "at least 3 events since the last order (ever, if there is none)"),
    (
        'events.count(where kind = "view", since last orders where channel = "web") >= 3',
        "at least 3 events since the last order where (channel is “web”) (ever, if there is none) where (kind is “view”)",
    ),
]


@pytest.mark.parametrize(("text", "condition"), WINDOWS, ids=[text for text, _ in WINDOWS])
def test_windows(text, condition):
    assert condition_of(text) == condition


ROWS = [
    ('orders.count(where channel = "web") >= 1', "at least 1 order where (channel is “web”)"),
    (
        'order_lines.count(where product.category = "Lamps" and line_total > 20, last 30 days) = 0',
        "no order lines in the last 30 days where (product category is “Lamps” and line total is more than 20 GBP)",
    ),
    (
        'orders.count(where channel = "web" or (gift is true and coupon_code is set)) >= 1',
        "at least 1 order where (channel is “web” or (gift: yes and coupon code is known))",
    ),
    (
        'orders.count(where channel != "web") >= 1',
        "at least 1 order where (channel is not “web” (those without a known channel are not counted))",
    ),
    (
        'orders.count(where not (channel = "web")) >= 1',
        "at least 1 order where (the condition (channel is “web” (those without a known channel are not counted)) is not met)",
    ),
    (
        'orders.count(where not (channel != "web")) >= 1',
        "at least 1 order where (the condition (channel is not “web”) is not met)",
    ),
    (
        'orders.count(where any lines (product.category = "Lamps") and coupon_code is set) >= 1',
        "at least 1 order where (it has at least 1 order line where (product category is “Lamps”) and coupon code is known)",
    ),
    (
        'orders.count(where all lines (product.category = "Lamps")) >= 1',
        "at least 1 order where (every order line meets (product category is “Lamps”))",
    ),
    (
        'orders.count(where all lines (product.category != "Lamps")) >= 1',
        "at least 1 order where (every order line meets (product category is not “Lamps” (not met where "
        "product category is not known)))",
    ),
    (
        'orders.count(where none lines (product.category != "Lamps" or quantity > 2)) >= 1',
        "at least 1 order where (it has no order lines where (product category is not “Lamps” (those without "
        "a known product category are not counted) or quantity is more than 2))",
    ),
    (
        'orders.count(where at least 2 of (channel = "web", gift is true, coupon_code is set)) >= 1',
        "at least 1 order where (at least 2 of these: (channel is “web”; gift: yes; coupon code is known))",
    ),
]


@pytest.mark.parametrize(("text", "condition"), ROWS, ids=[text for text, _ in ROWS])
def test_conditions_on_one_row(text, condition):
    assert condition_of(text) == condition
