"""A catalogue made by hand: a fact of every kind, relations with and without times."""

from __future__ import annotations

from segmentation.facts import Catalogue, Fact, RelationFacts
from segmentation.rules.values import Kind

ATTRIBUTES = {
    "customer.country": Fact("customer.country", Kind.TEXT),
    "customer.visits": Fact("customer.visits", Kind.NUMBER),
    "customer.rating": Fact("customer.rating", Kind.NUMBER, 1),
    "customer.credit": Fact("customer.credit", Kind.MONEY, 2),
    "customer.accepts_email": Fact("customer.accepts_email", Kind.BOOLEAN),
    "customer.birth_date": Fact("customer.birth_date", Kind.DATE),
    "customer.joined_at": Fact("customer.joined_at", Kind.TIME),
    "customer.club": Fact("customer.club", Kind.TEXT, label="loyalty club"),
}


def relation(name: str, *facts: Fact, has_time: bool = True) -> RelationFacts:
    """A relation with these columns."""
    return RelationFacts(name, {fact.name: fact for fact in facts}, has_time)


RELATIONS = {
    "orders": relation(
        "orders",
        Fact("total", Kind.MONEY, 2),
        Fact("placed_at", Kind.TIME),
        Fact("due_on", Kind.DATE),
        Fact("channel", Kind.TEXT),
        Fact("coupon_code", Kind.TEXT),
        Fact("gift", Kind.BOOLEAN),
        Fact("order.weight", Kind.NUMBER, 3),
    ),
    "order_lines": relation(
        "order_lines", Fact("quantity", Kind.NUMBER), Fact("line_total", Kind.MONEY, 2), Fact("product.category", Kind.TEXT)
    ),
    "spend": relation("spend", Fact("amount", Kind.MONEY, 2), Fact("at", Kind.TIME)),
    "marks": relation("marks", Fact("stars", Kind.NUMBER), has_time=False),
}

CATALOGUE = Catalogue("GBP", ATTRIBUTES, RELATIONS)
