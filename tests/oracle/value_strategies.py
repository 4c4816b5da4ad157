"""Values of people and rows, drawn for Hypothesis: NULLs everywhere, values at the limits, equal times often."""

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

from .instants import ABOUT, EARLIER, JITTER, moment_near, nasty_moment, watched_days, worn
from .moments import calendar_later, day_of, midnight
from .schema import SCHEMA, columns_of

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
SCORES = tuple(Decimal(text) for text in ("0", "0.5", "0.500000", "0.02", "1", "0.333333", "0.333334", "-1.5", "120.25"))
COUNTS = (0, 1, 2, 3, 5, 10, 11, -1)
BIRTH_YEARS = (1960, 1999, 2000)
LEAP_BIRTHDAY = date(1988, 2, 29)
SETS: tuple[list[str], ...] = (
    *([], ["lamps"], ["Lamps ", "tea"], ["tea", "lamps", "garden"], ["garden"], ["TEA", "tea", " tea"], ["", " "]),
    *(["Łódź"], ["ło\u0301dz\u0301", "straße"], ["STRASSE", "garden"]),
)
# Paris, Versailles, London, Tokyo; two on either side of the date line, and near a pole; the last three lie nowhere.
PLACES = tuple(
    (Decimal(lat), Decimal(lon))
    for lat, lon in (
        *(("48.8566", "2.3522"), ("48.8566", "2.3522"), ("48.8049", "2.1204"), ("51.5074", "-0.1278"), ("35.6762", "139.6503")),
        *(("-0.1", "179.95"), ("0.1", "-179.95"), ("89.9", "10"), ("-33.4489", "-70.6693")),
        *(("90.0001", "0"), ("12", "180.5"), ("-91", "7")),
    )
)
# Columns in which few texts stand, so that rules find them.
WORDS_OF = {
    "orders.channel": ("web", "WEB", "app", " app", None, "shop"),
    "orders.coupon_code": ("SPRING-10", "spring-10 ", "", None, None, "VIP"),
    "carts.state": ("open", "open", "Open ", "ordered", "merged", None),
    "events.kind": ("view", "view", "VIEW", "add_to_cart", "add_to_cart", "checkout", "search", None),
    "products.category": ("Lamps", "lamps ", "Tea", "garden", None, ""),
    "products.brand": ("Łódź", "ło\u0301dz\u0301", "Straße", "STRASSE", None),
}

DAYS_AWAY = st.sampled_from((0, 0, 0, 1, -1, 7, -7, 30, -30))

# Every kind draws None too: one strategy a value, since thousands are drawn.
TEXT = st.sampled_from((*TEXTS, *SPELLINGS, *(None for _ in TEXTS)))
NUMBER = st.sampled_from((*COUNTS, None, None))
MONEY = st.sampled_from((*AMOUNTS, None, None, None))
BOOLEAN = st.sampled_from((True, False, None))
RATING = st.sampled_from((*RATINGS, None, None))
SET = st.sampled_from((*SETS, None, None))
GEO = st.sampled_from((*PLACES, None, None))
WORDS = {field: st.sampled_from(words) for field, words in WORDS_OF.items()}
SCORE_OF = st.sampled_from((*SCORES, None, None, None))
NUMBERS_OF = {"customer.rating": RATING, "score.clv": SCORE_OF, "score.wants_P1": SCORE_OF}
THIS_YEAR = 0
DATE_YEAR = st.sampled_from((THIS_YEAR, THIS_YEAR, THIS_YEAR, None, *BIRTH_YEARS, LEAP_BIRTHDAY.year))
TIME_KIND = st.sampled_from(("again", "again", "again", "again", "again", "near", "near", "about", "about", "day", "nasty", None))


@dataclass(frozen=True)
class Setting:
    """What the values of one shop are drawn around."""

    zone: str
    base: str
    anchor: datetime
    times: tuple[datetime, ...] = ()
    """Moments that several rows share, since ties are where orders of rows break."""

    @cached_property
    def days(self) -> st.SearchStrategy[date]:
        return st.sampled_from((day_of(self.anchor, ZoneInfo(self.zone)), *watched_days(self.zone)))

    @cached_property
    def shared_times(self) -> st.SearchStrategy[datetime]:
        return st.sampled_from(self.times or (self.anchor,))

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
    """A time that other rows have too; or around the anchor, about the midnight of its day, at a window's length from
    it, or elsewhere."""
    kind = draw(TIME_KIND)
    if kind is None:
        return None
    moment = setting.anchor
    if kind == "again":
        return draw(setting.shared_times)
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
    "set": lambda draw, setting: draw(SET),
    "geo": lambda draw, setting: draw(GEO),
}


def drawn_value(draw: st.DrawFn, field: str, setting: Setting) -> Any:
    if field in WORDS:
        return draw(WORDS[field])
    if field in NUMBERS_OF:
        return draw(NUMBERS_OF[field])
    return BY_KIND[SCHEMA[field]](draw, setting)


# Per relation, each column with its field: "total", "orders.total".
FIELDS = {
    relation: tuple((column, f"{relation}.{column}") for column in columns_of(relation, SCHEMA))
    for relation in {field.partition(".")[0] for field in SCHEMA}
}


def drawn_values(draw: st.DrawFn, relation: str, setting: Setting) -> dict[str, Any]:
    """A value, or None, for every column of the relation (or of "customer")."""
    return {column: drawn_value(draw, field, setting) for column, field in FIELDS[relation]}
