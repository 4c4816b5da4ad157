"""Hypothesis strategies for shops: few people, few rows, rows of nobody and of orders that are not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from .instants import EARLIER, LATER, NEIGHBOUR, ZONES, moment_near, nasty_moment, picked, worn
from .moments import day_of
from .schema import KEY_COLUMNS, SCHEMA, SCORE
from .shop import VISITOR, OracleShop, Row
from .value_strategies import OTHER_CURRENCIES, Setting, drawn_values

MOST_PEOPLE = 6
HOW_MANY_VISITORS = st.sampled_from((0, 1, 0, 2))
HOW_MANY_MERGED = st.sampled_from((0, 1, 0, 2))
MOST_ROWS = {
    "orders": 12,
    "order_lines": 8,
    "refunds": 4,
    "carts": 5,
    "cart_lines": 6,
    "wishlist_items": 5,
    "events": 10,
    "products": 4,
}
BASE_CURRENCIES = ("GBP", "JPY", "KWD")
RATES = tuple(Decimal(text) for text in ("1", "0.85", "1.17255", "0.5", "2.5", "157.335", "0.0061", "3.2505"))
DAYS_OF_RATES = (-400, -90, -30, -7, -1, 0, 0, 1)

HOW_MANY_PEOPLE = st.sampled_from((1, 2, 0, *range(1, MOST_PEOPLE + 1)))
HOW_MANY = st.sampled_from((2, 3, 1, 4, 6, 8, 0, 12))
# Row keys are all different and in no order of the rows: 1, 8, 2, 9, 3, 10 …, begun anywhere.
KEYS, STEP = 13, 7
FIRST_KEY = st.integers(0, KEYS - 1)
NINE_IN_TEN = st.integers(0, 9).map(lambda die: die != 9)
TWO_IN_THREE = st.sampled_from((True, True, False))
FIRST_WEEKDAY = st.sampled_from((1, 1, 1, 7, 6))
PRODUCT = st.sampled_from(("P1", "P2", "P3", "P1", "P2", "P4", "unknown", None))
RATE = st.sampled_from(RATES)
RATED_DAYS = st.lists(st.sampled_from(DAYS_OF_RATES), min_size=1, max_size=3, unique=True).map(sorted)


@dataclass(frozen=True)
class Making:
    """A shop that is being drawn: row by row, each relation under its keys."""

    draw: st.DrawFn
    setting: Setting
    whose: st.SearchStrategy[str | None]
    whose_visit: st.SearchStrategy[str | None]
    """Of rows that may be a visitor's."""
    numbered: bool
    """Whether orders and carts are named by numbers (…, 9, 10) or by texts (A10, A9)."""

    def rows(self, relation: str, **others: st.SearchStrategy[Any]) -> tuple[Row, ...]:
        """Rows of a relation; `others` are the columns that are no facts (whose row, which order …)."""
        how_many = min(self.draw(HOW_MANY), MOST_ROWS[relation])
        first = self.draw(FIRST_KEY) if how_many else 0
        return tuple(self.row(relation, (first + STEP * place) % KEYS + 1, others) for place in range(how_many))

    def row(self, relation: str, number: int, others: Mapping[str, st.SearchStrategy[Any]]) -> Row:
        drawn = {column: self.draw(strategy) for column, strategy in others.items()}
        return {**self.key(relation, number), **drawn, **drawn_values(self.draw, relation, self.setting)}

    def key(self, relation: str, number: int) -> dict[str, Any]:
        if relation not in KEY_COLUMNS:
            return {"pk": number}
        return {KEY_COLUMNS[relation]: number if self.numbered else f"{relation[0].upper()}{number}"}


def drawn_person(draw: st.DrawFn, number: int, setting: Setting) -> Row:
    return {"key": f"user:{number}", **drawn_values(draw, "customer", setting)}


def drawn_scores(draw: st.DrawFn, people: Sequence[Row], setting: Setting) -> dict[str, dict[str, Decimal]]:
    """Of some, visitors too; by the name of the score."""
    found: dict[str, dict[str, Decimal]] = {}
    for person in people:
        for name, value in drawn_values(draw, SCORE, setting).items():
            if value is not None:
                found.setdefault(name, {})[person["key"]] = value
    return found


def drawn_products(draw: st.DrawFn, setting: Setting) -> tuple[Row, ...]:
    how_many = draw(st.integers(1, MOST_ROWS["products"]))
    return tuple({"product_id": f"P{number}", **drawn_values(draw, "products", setting)} for number in range(1, how_many + 1))


def drawn_orders(make: Making) -> dict[str, tuple[Row, ...]]:
    orders = make.rows("orders", person=make.whose, currency=make.setting.currencies)
    known = tuple(row["order_id"] for row in orders)
    lines = make.rows("order_lines", order_id=st.sampled_from((*known, "unknown")), product_id=PRODUCT)
    relations = {"orders": orders, "order_lines": lines}
    if make.draw(NINE_IN_TEN):
        of_order = st.sampled_from((*known, None, None, "unknown"))
        relations["refunds"] = make.rows("refunds", person=make.whose, currency=make.setting.currencies, order_id=of_order)
    return relations


def drawn_carts(make: Making) -> dict[str, tuple[Row, ...]]:
    carts = make.rows("carts", person=make.whose_visit, currency=make.setting.currencies)
    known = tuple(row["cart_id"] for row in carts)
    return {
        "carts": carts,
        "cart_lines": make.rows("cart_lines", cart_id=st.sampled_from((*known, "unknown")), product_id=PRODUCT),
    }


def drawn_relations(make: Making) -> dict[str, tuple[Row, ...]]:
    """Orders and their lines always; one shop in ten lacks refunds, one lacks carts, and so on."""
    relations = drawn_orders(make)
    if make.draw(NINE_IN_TEN):
        relations |= drawn_carts(make)
    if make.draw(NINE_IN_TEN):
        relations["wishlist_items"] = make.rows("wishlist_items", person=make.whose, product_id=PRODUCT)
    if make.draw(NINE_IN_TEN):
        relations["events"] = make.rows("events", person=make.whose_visit, product_id=PRODUCT)
    if make.draw(NINE_IN_TEN):
        relations["products"] = drawn_products(make.draw, make.setting)
    return relations


def drawn_rates(draw: st.DrawFn, setting: Setting) -> dict[str, tuple[tuple[date, Decimal], ...]]:
    """A table for two in three of the other currencies, which may begin after some of the rows."""
    today, tables = day_of(setting.anchor, ZoneInfo(setting.zone)), {}
    for currency in OTHER_CURRENCIES:
        if currency != setting.base and draw(TWO_IN_THREE):
            tables[currency] = tuple((today + timedelta(days=days), draw(RATE)) for days in draw(RATED_DAYS))
    return tables


def drawn_merges(draw: st.DrawFn, customers: Sequence[Row]) -> tuple[dict[str, str], tuple[Row, ...]]:
    """Visitors who turned out to be customers, and these, some of whom were first known as the visitor."""
    if not customers:
        return {}, ()
    merged = {f"{VISITOR}m{number}": picked(draw, customers)["key"] for number in range(draw(HOW_MANY_MERGED))}
    first = {key: visitor for visitor, key in merged.items() if draw(st.booleans())}
    return merged, tuple({**person, "first_key": first.get(person["key"])} for person in customers)


@st.composite
def shops(draw: st.DrawFn) -> OracleShop:
    """A shop of 0 to 6 people and some visitors. Most rows belong to the first two, so that somebody has several."""
    zone = picked(draw, ZONES)
    setting = Setting(zone, picked(draw, BASE_CURRENCIES), nasty_moment(draw, zone))
    shared = [worn(draw, moment_near(draw, setting.anchor, zone, EARLIER), zone) for _ in range(3)]
    setting = replace(setting, times=(setting.anchor, *shared))
    drawn = tuple(drawn_person(draw, number + 1, setting) for number in range(draw(HOW_MANY_PEOPLE)))
    merged, customers = drawn_merges(draw, drawn)
    visitors: tuple[Row, ...] = tuple({"key": f"{VISITOR}{number}"} for number in range(draw(HOW_MANY_VISITORS)))
    owners = [*(person["key"] for person in (*customers, *customers[:2], *customers[:2])), None]
    visiting = [*owners, *(visitor["key"] for visitor in (*visitors, *visitors)), *merged, *merged]
    making = Making(draw, setting, st.sampled_from(owners), st.sampled_from(visiting), numbered=draw(st.booleans()))
    relations = drawn_relations(making)
    people = (*customers, *visitors)
    return OracleShop(
        zone,
        setting.base,
        people,
        relations,
        kinds_given(relations, timed_wishlist=draw(TWO_IN_THREE)),
        rates=drawn_rates(draw, setting),
        first_weekday=draw(FIRST_WEEKDAY),
        merged=merged,
        scores=drawn_scores(draw, people, setting),
        consented=frozenset(person["key"] for person in people if draw(TWO_IN_THREE)),
        transactional=not draw(NINE_IN_TEN),
    )


def kinds_given(relations: Collection[str], *, timed_wishlist: bool) -> dict[str, str]:
    """The facts of the shop: those of the relations that it gives; it may not say when things were wished for."""
    given = {"customer", SCORE, "spend", *relations}
    kinds = {field: kind for field, kind in SCHEMA.items() if field.partition(".")[0] in given}
    if not timed_wishlist:
        kinds.pop("wishlist_items.added_at", None)
    return kinds


def people_and_rows(shop: OracleShop) -> list[Row]:
    return [*shop.people, *(row for rows in shop.relations.values() for row in rows)]


def times_in(shop: OracleShop) -> list[datetime]:
    """Every time that stands in the shop, of people and of rows."""
    return [value for row in people_and_rows(shop) for value in row.values() if isinstance(value, datetime)]


@st.composite
def moments(draw: st.DrawFn, shop: OracleShop) -> datetime:
    """A moment to ask at: a time in the shop to the second, or a window's length from it, on a later day, or nasty."""
    own = times_in(shop)
    kind = picked(draw, ("exact", "near", "near", "day", "nasty")) if own else "nasty"
    if kind == "nasty":
        return worn(draw, nasty_moment(draw, shop.zone), shop.zone)
    # Rather a late one, since rows after it never count.
    moment = max(picked(draw, own), picked(draw, own))
    if kind == "near":
        moment = moment_near(draw, moment, shop.zone, LATER)
    elif kind == "day":
        moment += timedelta(days=picked(draw, (1, 2, 7, 30, 90)) + draw(NEIGHBOUR), hours=draw(st.integers(0, 12)))
    return worn(draw, moment, shop.zone)
