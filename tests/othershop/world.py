"""The other shop out of plain rows: in its database, and as the oracle sees it.

Rows are dictionaries in the shop's own words. Clients go by a name, things by their code.

clients    {"name", "mail", "given_name", "land", "born", "since", "letters", "points", "deleted_at", "favourites": (code, …)}
things     {"code", "label", "shelf", "cents", "pieces_left"}
purchases  {"number", "state", "buyer", "mail", "made_at", "touched_at", "money", "percent_off", "voucher",
            "items": ((code or None, pieces, cents), …)}
looks      {"client", "cookie", "verb", "thing", "words", "at"}

What is left out is what the model has by default; `touched_at` is `made_at`.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from segmentation.profiles import guest_key, user_key
from segmentation.sources.emails import fold_email
from tests.oracle import OracleShop
from tests.oracle.shop import Rates
from tests.othershop.models import Client, Item, Look, Purchase, Shelf, Thing

Row = Mapping[str, Any]
Scores = Mapping[str, Mapping[str, Decimal]]

ZONE = "America/Santiago"
BASE_CURRENCY = "USD"
KINDS = {
    "customer.country": "text",
    "customer.birth_date": "date",
    "customer.joined_at": "time",
    "customer.accepts_email": "boolean",
    "customer.points": "number",
    "score.clv": "number",
    "orders.placed_at": "time",
    "orders.total": "money",
    "orders.discount": "money",
    "orders.coupon_code": "text",
    "order_lines.product_id": "text",
    "order_lines.quantity": "number",
    "order_lines.line_total": "money",
    "spend.amount": "money",
    "spend.at": "time",
    "carts.updated_at": "time",
    "carts.state": "text",
    "carts.total": "money",
    "cart_lines.product_id": "text",
    "cart_lines.quantity": "number",
    "cart_lines.line_total": "money",
    "wishlist_items.product_id": "text",
    "events.kind": "text",
    "events.product_id": "text",
    "events.at": "time",
    "products.title": "text",
    "products.category": "text",
    "products.price": "money",
    "products.stock": "number",
}


@dataclass(frozen=True)
class World:
    """Everything that is in the shop."""

    clients: tuple[Row, ...] = ()
    things: tuple[Row, ...] = ()
    purchases: tuple[Row, ...] = ()
    looks: tuple[Row, ...] = ()


def client_id(name: str) -> uuid.UUID:
    """The same for the same name, so that plain rows can speak of somebody."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


def build(world: World) -> dict[str, Client]:
    """Write the world into the database; returns the clients by name."""
    shelves = {title: Shelf.objects.get_or_create(title=title)[0] for title in _given(world.things, "shelf")}
    Thing.objects.bulk_create(Thing(**{**row, "shelf": shelves.get(row.get("shelf", ""))}) for row in world.things)
    clients = {row["name"]: Client(pk=client_id(row["name"]), **_without(row, "name", "favourites")) for row in world.clients}
    Client.objects.bulk_create(clients.values())
    wish = Client.favourites.through
    wish.objects.bulk_create(
        wish(client=clients[row["name"]], thing_id=code) for row in world.clients for code in row.get("favourites", ())
    )
    for row in world.purchases:
        buy(**row)
    Look.objects.bulk_create(
        Look(client=clients.get(row.get("client", "")), thing_id=row.get("thing"), **_without(row, "client", "thing"))
        for row in world.looks
    )
    return clients


def buy(*, buyer: str | None = None, items: Iterable[tuple[str | None, int, int]] = (), **columns: Any) -> Purchase:
    """A purchase with its items."""
    columns.setdefault("touched_at", columns.get("made_at"))
    purchase = Purchase.objects.create(buyer_id=client_id(buyer) if buyer else None, **columns)
    for thing, pieces, cents in items:
        Item.objects.create(purchase=purchase, thing_id=thing, pieces=pieces, cents=cents)
    return purchase


def oracle(world: World, rates: Rates | None = None, scores: Scores | None = None) -> OracleShop:
    """The same world for the oracle; people go by their profile keys, scores too."""
    paid = [row for row in world.purchases if row.get("state", "paid") == "paid"]
    baskets = [row for row in world.purchases if row.get("state") == "basket"]
    there = {row["name"] for row in world.clients if row.get("deleted_at") is None}
    guests = {guest_key(row["mail"]) for row in paid if not row.get("buyer") and fold_email(row.get("mail", ""))}
    return OracleShop(
        zone=ZONE,
        base_currency=BASE_CURRENCY,
        people=(*(_person(row) for row in world.clients if row["name"] in there), *({"key": key} for key in sorted(guests))),
        relations={
            "orders": tuple(_order(row, there) for row in paid),
            "order_lines": tuple(_line(row, item, "order_id") for row in paid for item in row.get("items", ())),
            "carts": tuple(_cart(row, there) for row in baskets),
            "cart_lines": tuple(_line(row, item, "cart_id") for row in baskets for item in row.get("items", ())),
            "wishlist_items": tuple(
                {"person": _owner(row["name"], "", there), "product_id": code}
                for row in world.clients
                for code in row.get("favourites", ())
            ),
            "events": tuple(_look(row, there) for row in world.looks),
            "products": tuple(_product(row) for row in world.things),
        },
        kinds=KINDS,
        rates=rates or {},
        scores=scores or {},
    )


def _person(row: Row) -> Row:
    return {
        "key": user_key(client_id(row["name"])),
        "country": row.get("land"),
        "birth_date": row.get("born"),
        "joined_at": row.get("since"),
        "accepts_email": row.get("letters"),
        "points": row.get("points"),
    }


def _owner(name: str | None, mail: str, there: Collection[str]) -> str | None:
    """A purchase is its buyer's if it has one, though she be gone; else the guest's with its mail."""
    if name:
        return user_key(client_id(name)) if name in there else None
    return guest_key(mail) if fold_email(mail) else None


def _sum(row: Row, percent: int) -> Decimal | None:
    cents = [pieces * cents for _, pieces, cents in row.get("items", ())]
    return Decimal(sum(cents) * percent).scaleb(-4) if cents else None


def _order(row: Row, there: Collection[str]) -> Row:
    off = row.get("percent_off", 0)
    return {
        "order_id": row["number"],
        "person": _owner(row.get("buyer"), row.get("mail", ""), there),
        "placed_at": row.get("made_at"),
        "total": _sum(row, 100 - off),
        "discount": _sum(row, off),
        "currency": row.get("money"),
        "coupon_code": row.get("voucher"),
    }


def _cart(row: Row, there: Collection[str]) -> Row:
    return {
        "cart_id": row["number"],
        "person": _owner(row.get("buyer"), row.get("mail", ""), there),
        "updated_at": row.get("touched_at", row.get("made_at")),
        "state": row["state"],
        "total": _sum(row, 100 - row.get("percent_off", 0)),
        "currency": row.get("money"),
    }


def _line(row: Row, item: tuple[str | None, int, int], named: str) -> Row:
    thing, pieces, cents = item
    amount = Decimal(pieces * cents * (100 - row.get("percent_off", 0))).scaleb(-4)
    return {named: row["number"], "product_id": thing, "quantity": pieces, "line_total": amount}


def _look(row: Row, there: Collection[str]) -> Row:
    return {
        "person": _owner(row.get("client"), "", there),
        "product_id": row.get("thing"),
        "kind": row["verb"],
        "at": row["at"],
    }


def _product(row: Row) -> Row:
    price = Decimal(row["cents"]).scaleb(-2)
    return {
        "product_id": row["code"],
        "title": row["label"],
        "category": row.get("shelf"),
        "price": price,
        "stock": row.get("pieces_left", 0),
    }


def _given(rows: Iterable[Row], name: str) -> list[Any]:
    return list(dict.fromkeys(row[name] for row in rows if row.get(name)))


def _without(row: Row, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
