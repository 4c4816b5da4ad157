"""Hypothesis strategies for shops: few people, few rows, NULLs everywhere, values at the limits."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from .instants import ABOUT, EARLIER, JITTER, LATER, NEIGHBOUR, ZONES, moment_near, nasty_moment, watched_days, worn
from .moments import calendar_later, day_of, midnight
from .schema import SCHEMA, columns_of
from .shop import OracleShop, Row

MOST_PEOPLE, MOST_ORDERS, MOST_LINES, MOST_REFUNDS = 6, 12, 6, 4
BASE_CURRENCIES = ("GBP", "JPY", "KWD")
OTHER_CURRENCIES = ("EUR", "GBP", "JPY", "KWD")
TEXTS = (
    *("FR", "fr", " Fr ", "PL", "pl\t", "GB", "web", "WEB", "app", "SPRING-10", "spring-10 "),
    *("", " ", "\u00a0", "Ł", "ł", "Łódź", "ło\u0301dz\u0301", "Orléans", "ORLE\u0301ANS"),
    *("Straße", "STRASSE", "ΣΊΣΥΦΟΣ", "σίσυφος", "ﬁn", "FIN", "ǰ", "J\u030c", "İzmir", "izmir", "\u2003Paris\u00a0"),
)
SPELLINGS = (
    *TEXTS,
    *(text.upper() for text in TEXTS),
    *(unicodedata.normalize("NFD", text) for text in TEXTS),
    *(f" {text}\n" for text in TEXTS),
)
AMOUNTS = tuple(
    Decimal(text)
    for text in (
        *("0", "0.01", "9.99", "10", "10", "10.00", "10.01", "20", "20.00", "30", "40", "50", "100", "-5"),
        *("0.005", "0.015", "10.005", "10.015", "9.995", "0.5", "1.5", "2.5", "10.5", "1.0005", "1.0015", "80.505"),
    )
)
RATINGS = tuple(Decimal(text) for text in ("0", "1", "4.5", "4.50", "4.49", "4.51", "4.125", "4.135", "5", "-1"))
COUNTS = (0, 1, 2, 3, 5, 10, 11, -1)
BIRTH_YEARS = (1960, 1999, 2000)
LEAP_BIRTHDAY = date(1988, 2, 29)

DAYS_AWAY = st.sampled_from((0, 0, 0, 1, -1, 7, -7, 30, -30))
HOW_MANY_PEOPLE = st.sampled_from((1, 2, 0, *range(1, MOST_PEOPLE + 1)))
HOW_MANY = st.sampled_from((1, 2, 3, 4, 6, 0, 12))

# Every kind draws None too: one strategy a value, since thousands are drawn.
TEXT = st.sampled_from((*TEXTS, *SPELLINGS, *(None for _ in TEXTS)))
NUMBER = st.sampled_from((*COUNTS, None, None))
MONEY = st.sampled_from((*AMOUNTS, None, None, None))
BOOLEAN = st.sampled_from((True, False, None))
RATING = st.sampled_from((*RATINGS, None, None))
THIS_YEAR = 0
DATE_YEAR = st.sampled_from((THIS_YEAR, THIS_YEAR, THIS_YEAR, None, *BIRTH_YEARS, LEAP_BIRTHDAY.year))
TIME_KIND = st.sampled_from(("near", "near", "near", "about", "about", "day", "nasty", None))


@dataclass(frozen=True)
class Setting:
    """What the values of one shop are drawn around."""

    zone: str
    base: str
    anchor: datetime

    @cached_property
    def days(self) -> st.SearchStrategy[date]:
        return st.sampled_from((day_of(self.anchor, ZoneInfo(self.zone)), *watched_days(self.zone)))

    @cached_property
    def currencies(self) -> st.SearchStrategy[str | None]:
        """Mostly the base currency in some spelling, or nothing, which means it; sometimes another."""
        base = self.base
        return st.sampled_from((base, base, base.lower(), f" {base} ", None, None, "", " ", *OTHER_CURRENCIES))


def drawn_date(draw: st.DrawFn, setting: Setting) -> date | None:
    """A day near the anchor, or a birthday whose anniversary is."""
    year = draw(DATE_YEAR)
    if year is None:
        return None
    day = draw(setting.days) + timedelta(days=draw(DAYS_AWAY))
    if year == LEAP_BIRTHDAY.year:
        return LEAP_BIRTHDAY
    return day if year == THIS_YEAR else calendar_later(day, year - day.year, "year")


def drawn_time(draw: st.DrawFn, setting: Setting) -> datetime | None:
    """Around the anchor, about the midnight of its day, at a window's length from it, or elsewhere."""
    kind = draw(TIME_KIND)
    if kind is None:
        return None
    moment = setting.anchor
    if kind == "near":
        moment = moment_near(draw, setting.anchor, setting.zone, EARLIER)
    elif kind == "about":
        moment += draw(ABOUT) + draw(JITTER)
    elif kind == "day":
        zone = ZoneInfo(setting.zone)
        moment = midnight(day_of(moment, zone), zone) + draw(ABOUT) + draw(JITTER)
    else:
        moment = nasty_moment(draw, setting.zone)
    return worn(draw, moment, setting.zone)


BY_KIND: Mapping[str, Callable[[st.DrawFn, Setting], Any]] = {
    "text": lambda draw, setting: draw(TEXT),
    "number": lambda draw, setting: draw(NUMBER),
    "money": lambda draw, setting: draw(MONEY),
    "boolean": lambda draw, setting: draw(BOOLEAN),
    "date": drawn_date,
    "time": drawn_time,
}


def drawn_values(draw: st.DrawFn, relation: str, setting: Setting) -> dict[str, Any]:
    """A value, or None, for every column of the relation (or of "customer")."""
    return {column: BY_KIND[kind](draw, setting) for column, kind in columns_of(relation, SCHEMA).items()}


def drawn_person(draw: st.DrawFn, number: int, setting: Setting) -> Row:
    return {"key": f"user:{number}", **drawn_values(draw, "customer", setting), "rating": draw(RATING)}


def drawn_rows(
    draw: st.DrawFn, most: int, one: Callable[[int], dict[str, Any]], relation: str, setting: Setting
) -> tuple[Row, ...]:
    """Up to so many rows of a relation; `one` gives the columns that are no facts (whose row, which order …)."""
    how_many = min(draw(HOW_MANY), most)
    return tuple({**one(place + 1), **drawn_values(draw, relation, setting)} for place in range(how_many))


def drawn_relations(draw: st.DrawFn, people: tuple[Row, ...], setting: Setting) -> dict[str, tuple[Row, ...]]:
    # Most rows belong to the first two, so that somebody has several.
    whose = st.sampled_from((*(person["key"] for person in (*people, *people[:2], *people[:2])), None))

    def order(number: int) -> dict[str, Any]:
        return {"order_id": f"A{number}", "person": draw(whose), "currency": draw(setting.currencies)}

    orders = drawn_rows(draw, MOST_ORDERS, order, "orders", setting)
    known = tuple(row["order_id"] for row in orders)
    id_of_line, id_of_refund = st.sampled_from((*known, "unknown")), st.sampled_from((*known, None, None, "unknown"))

    def line(number: int) -> dict[str, Any]:
        return {"order_id": draw(id_of_line), "product_id": f"P{number}"}

    def refund(number: int) -> dict[str, Any]:
        return {"person": draw(whose), "currency": draw(setting.currencies), "order_id": draw(id_of_refund)}

    relations = {"orders": orders, "order_lines": drawn_rows(draw, MOST_LINES, line, "order_lines", setting)}
    if draw(st.integers(0, 9)) != 9:
        relations["refunds"] = drawn_rows(draw, MOST_REFUNDS, refund, "refunds", setting)
    return relations


@st.composite
def shops(draw: st.DrawFn) -> OracleShop:
    """A shop of 0 to 6 people. One in ten gives no refunds at all, and then has no facts of refunds."""
    zone = draw(st.sampled_from(ZONES))
    setting = Setting(zone, draw(st.sampled_from(BASE_CURRENCIES)), nasty_moment(draw, zone))
    how_many = draw(HOW_MANY_PEOPLE)
    people = tuple(drawn_person(draw, number + 1, setting) for number in range(how_many))
    relations = drawn_relations(draw, people, setting)
    return OracleShop(zone, setting.base, people, relations, kinds_given(relations))


def kinds_given(relations: Mapping[str, Any]) -> dict[str, str]:
    """The facts of the shop: those of refunds only where it gives refunds."""
    if "refunds" in relations:
        return dict(SCHEMA)
    return {field: kind for field, kind in SCHEMA.items() if not field.startswith("refunds.")}


def people_and_rows(shop: OracleShop) -> list[Row]:
    return [*shop.people, *(row for rows in shop.relations.values() for row in rows)]


def times_in(shop: OracleShop) -> list[datetime]:
    """Every time that stands in the shop, of people and of rows."""
    return [value for row in people_and_rows(shop) for value in row.values() if isinstance(value, datetime)]


@st.composite
def moments(draw: st.DrawFn, shop: OracleShop) -> datetime:
    """A moment to ask at: a time in the shop to the second, or a window's length from it, on a later day, or nasty."""
    own = times_in(shop)
    kind = draw(st.sampled_from(("exact", "near", "near", "day", "nasty"))) if own else "nasty"
    if kind == "nasty":
        return worn(draw, nasty_moment(draw, shop.zone), shop.zone)
    moment = draw(st.sampled_from(own))
    if kind == "near":
        moment = moment_near(draw, moment, shop.zone, LATER)
    elif kind == "day":
        moment += timedelta(days=draw(st.sampled_from((1, 2, 7, 30, 90))) + draw(NEIGHBOUR), hours=draw(st.integers(0, 12)))
    return worn(draw, moment, shop.zone)
