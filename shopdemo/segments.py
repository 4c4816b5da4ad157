"""The segments the demo begins with, as an owner would write them (docs/demo-data.md says what each asks)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoSegment:
    """A segment to be made live: `text` is its rule."""

    slug: str
    name: str
    text: str


SEGMENTS = (
    DemoSegment("bought-last-30-days", "Bought in the last 30 days", "orders.count(last 30 days) >= 1"),
    DemoSegment("lapsed", "Not bought in 90 days", "orders.count() >= 1 and orders.count(last 90 days) = 0"),
    DemoSegment("never-bought", "Never bought", "orders.count() = 0"),
    DemoSegment("new-customers", "New customers", "orders.min(placed_at) last 30 days"),
    DemoSegment("one-time-buyers", "One-time buyers", "orders.count() = 1"),
    DemoSegment("repeat-buyers", "Repeat buyers", "orders.count() >= 2"),
    DemoSegment("loyal", "Loyal customers", "orders.count() >= 3 and orders.count(last 90 days) >= 1"),
    DemoSegment("dormant", "Dormant customers", "orders.count() >= 1 and orders.count(last 180 days) = 0"),
    DemoSegment("winnable", "Winnable customers", "orders.count() >= 3 and orders.count(last 180 days) = 0"),
    DemoSegment("lost", "Lost customers", "orders.count() >= 1 and orders.count(last 365 days) = 0"),
    DemoSegment("big-spenders", "Big spenders", "spend.sum(amount, last 365 days) >= 2500"),
    DemoSegment("high-average-order", "High average order", "orders.avg(total) >= 500"),
    DemoSegment("low-average-order", "Low average order", "orders.avg(total) < 150"),
    DemoSegment("large-order", "Ever ordered for 1,000 or more", "orders.max(total) >= 1000"),
    DemoSegment(
        "returns-heavy", "Many returns", "refunds.count(last 365 days) >= 3 or refunds.sum(amount, last 365 days) >= 200"
    ),
    DemoSegment("home", "At home", 'customer.country = "GB"'),
    DemoSegment("abroad", "Abroad", 'customer.country != "GB"'),
    DemoSegment("birthday-soon", "Birthday within a week", "customer.birth_date anniversary next 7 days"),
    DemoSegment(
        "subscribers-never-bought", "Subscribers who never bought", "customer.accepts_email is true and orders.count() = 0"
    ),
)
