"""A catalogue made by hand: a fact of every kind, relations with and without times."""

from __future__ import annotations

from segmentation.facts import Catalogue, Fact, RelationFacts
from segmentation.rules.values import Kind

ATTRIBUTES = {
    "customer.country": Fact("customer.country", Kind.TEXT, label="country"),
    "customer.visits": Fact("customer.visits", Kind.NUMBER, label="visits"),
    "customer.rating": Fact("customer.rating", Kind.NUMBER, 1, label="rating"),
    "customer.credit": Fact("customer.credit", Kind.MONEY, 2, label="credit"),
    "customer.accepts_email": Fact("customer.accepts_email", Kind.BOOLEAN, label="consent to e-mail"),
    "customer.birth_date": Fact("customer.birth_date", Kind.DATE, label="birth date"),
    "customer.joined_at": Fact("customer.joined_at", Kind.TIME, label="joining date"),
    "customer.tags": Fact("customer.tags", Kind.SET, label="tags"),
    "customer.place": Fact("customer.place", Kind.GEO, label="place"),
    "customer.club": Fact("customer.club", Kind.TEXT, label="loyalty club"),
}


def relation(name: str, *facts: Fact, has_time: bool = True, **below: str) -> RelationFacts:
    """A relation with these columns, and these relations below it."""
    return RelationFacts(name, {fact.name: fact for fact in facts}, has_time, below)


RELATIONS = {
    "orders": relation(
        "orders",
        Fact("total", Kind.MONEY, 2, label="total"),
        Fact("placed_at", Kind.TIME, label="order date"),
        Fact("due_on", Kind.DATE, label="due on"),
        Fact("channel", Kind.TEXT, label="channel"),
        Fact("coupon_code", Kind.TEXT, label="coupon code"),
        Fact("gift", Kind.BOOLEAN, label="gift"),
        Fact("order.weight", Kind.NUMBER, 3, label="order weight"),
        lines="order_lines",
    ),
    "order_lines": relation(
        "order_lines",
        Fact("quantity", Kind.NUMBER, label="quantity"),
        Fact("line_total", Kind.MONEY, 2, label="line total"),
        Fact("product.category", Kind.TEXT, label="product category"),
    ),
    "spend": relation("spend", Fact("amount", Kind.MONEY, 2, label="amount"), Fact("at", Kind.TIME, label="date")),
    "marks": relation("marks", Fact("stars", Kind.NUMBER, label="stars"), has_time=False),
}

CATALOGUE = Catalogue("GBP", ATTRIBUTES, RELATIONS)
