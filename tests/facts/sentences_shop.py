"""The facts of a shop as its catalogue calls them, for sentences in every language."""

from __future__ import annotations

from datetime import datetime

from segmentation.facts import Catalogue, Fact, RelationFacts
from segmentation.facts.families import COLUMNS
from segmentation.facts.relations import label_above
from segmentation.facts.sentences import sentence
from segmentation.kernel.moments import Calendar
from segmentation.rules import parse
from segmentation.rules.values import Kind

START = "Customers who match: "


def own(name: str, kind: Kind, label: str) -> Fact:
    """A fact that only this shop has, called by its own word."""
    return Fact(name, kind, label=label)


def attribute(name: str, kind: Kind) -> Fact:
    """A canonical fact of the customer."""
    return Fact(name, kind, label=COLUMNS[name][1].label)


def relation(name: str, *facts: Fact, below: dict[str, str] | None = None, **columns: Kind) -> RelationFacts:
    """A relation with these canonical columns, and others."""
    canonical = {column: Fact(column, kind, label=COLUMNS[f"{name}.{column}"][1].label) for column, kind in columns.items()}
    return RelationFacts(name, canonical | {fact.name: fact for fact in facts}, below=below or {})


def of_product(column: str, kind: Kind) -> Fact:
    """A column of the product, as the rows below it call it."""
    return Fact(f"product.{column}", kind, label=label_above("product", COLUMNS[f"products.{column}"][1].label))


ATTRIBUTES = (
    attribute("customer.country", Kind.TEXT),
    attribute("customer.birth_date", Kind.DATE),
    attribute("customer.joined_at", Kind.TIME),
    attribute("customer.accepts_email", Kind.BOOLEAN),
    own("customer.credit", Kind.MONEY, "credit"),
    own("customer.visits", Kind.NUMBER, "visits"),
    own("customer.tags", Kind.SET, "tags"),
    own("customer.home", Kind.GEO, "home"),
    own("score.clv", Kind.NUMBER, "CLV"),
)

RELATIONS = (
    relation(
        "orders",
        own("gift", Kind.BOOLEAN, "gift"),
        total=Kind.MONEY,
        placed_at=Kind.TIME,
        channel=Kind.TEXT,
        coupon_code=Kind.TEXT,
        below={"lines": "order_lines"},
    ),
    relation("order_lines", of_product("category", Kind.TEXT), quantity=Kind.NUMBER, line_total=Kind.MONEY),
    relation("refunds", amount=Kind.MONEY, at=Kind.TIME),
    relation("spend", amount=Kind.MONEY, at=Kind.TIME),
    relation("carts", total=Kind.MONEY, state=Kind.TEXT, updated_at=Kind.TIME, below={"lines": "cart_lines"}),
    relation("cart_lines", of_product("category", Kind.TEXT), quantity=Kind.NUMBER),
    relation("wishlist_items", of_product("stock", Kind.NUMBER)),
    relation("events", kind=Kind.TEXT, at=Kind.TIME, value=Kind.NUMBER),
    RelationFacts("pets", {"legs": own("legs", Kind.NUMBER, "legs")}),
)

SHOP = Catalogue(
    "GBP",
    {fact.name: fact for fact in ATTRIBUTES},
    {relation.name: relation for relation in RELATIONS},
)


def condition_of(text: str, now: datetime | None = None, calendar: Calendar | None = None) -> str:
    """What the English sentence of a rule says of the customers."""
    said = sentence(parse(text), SHOP, now, calendar)
    assert said.startswith(START)
    assert said.endswith(".")
    return said.removeprefix(START).removesuffix(".")
