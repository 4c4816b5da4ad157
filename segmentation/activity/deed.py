"""One deed as it is told, and what of it is kept."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any
from uuid import uuid4

from segmentation.activity.kinds import checked_kind
from segmentation.models import Activity

SKEW = timedelta(hours=24)
"""A clock that is further off than this is not believed."""

DROPPED = ("Cc", "Cs")
"""Unicode categories that stand in no text: control characters, and halves of characters, which no database takes."""


@dataclass(frozen=True)
class Context:
    """Where and how somebody came; "" and None are not known. `referrer` is a host alone, `hour` the visitor's own, 0 to 23."""

    hour: int | None = None
    country: str = ""
    language: str = ""
    device: str = ""
    channel: str = ""
    referrer: str = ""
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""


@dataclass(frozen=True)
class Deed:
    """Somebody did something: a customer (by the shop's id), a visitor, or a visitor who is logged in as a customer.

    `at` is now where it is not given; `uid` names the deed, so that what is told twice is written once.
    """

    kind: str
    at: datetime | None = None
    customer: str = ""
    visitor: str = ""
    uid: str = ""
    product_id: str = ""
    category: str = ""
    query: str = ""
    value: Decimal | int | str | None = None
    context: Context = Context()


def row_of(deed: Deed, shop: str, now: datetime) -> Activity:
    """The unsaved row: texts cut to what fits and cleaned, what cannot be true left out.

    Raises ValueError for a kind that is none, for a time without a zone and for a deed of nobody.
    """
    if not deed.customer and not deed.visitor:
        raise ValueError("somebody must have done it: give a customer, a visitor, or both")
    kept = {name: keep(name, getattr(deed, name)) for name, keep in KEPT.items()}
    return Activity(shop=shop, kind=checked_kind(deed.kind), at=_moment(deed.at, now), **kept, **_kept_context(deed.context))


@lru_cache(maxsize=256)
def _kept_context(context: Context) -> Mapping[str, Any]:
    """Remembered, for deeds of one batch have one context."""
    return {each.name: CONTEXT.get(each.name, _text)(each.name, getattr(context, each.name)) for each in fields(Context)}


def _clean(value: object) -> str:
    text = str(value)
    if text.isprintable():  # none of those: nearly always
        return text.strip()
    return "".join(letter for letter in text if unicodedata.category(letter) not in DROPPED).strip()


@cache
def _longest(name: str) -> int:
    field: Any = Activity._meta.get_field(name)
    longest: int = field.max_length
    return longest


def _text(name: str, value: object) -> str:
    """Without control characters, cut to its field."""
    return _clean(value)[: _longest(name)].rstrip()


def _name(name: str, value: object) -> str:
    """Of a person, who is not known by a part of it: what is too long names nobody."""
    text = _clean(value)
    return text if len(text) <= _longest(name) else ""


def _uid(name: str, value: object) -> str:
    """A long one goes by its digest, since two may begin alike."""
    text = str(value)
    if not text:
        return uuid4().hex
    fits = text == _text(name, text)
    return text if fits else hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _amount(name: str, value: object) -> Decimal | None:
    field: Any = Activity._meta.get_field(name)
    try:
        amount = None if value is None else Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places))
    except InvalidOperation:  # no number, or one with more digits than any amount has
        return None
    limit = Decimal(10) ** (field.max_digits - field.decimal_places)
    return amount if amount is not None and amount.is_finite() and abs(amount) < limit else None


def _hour(name: str, value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= 23 else None


def _country(name: str, value: object) -> str:
    code = str(value).strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


KEPT: Mapping[str, Callable[[str, object], Any]] = {
    "uid": _uid,
    "customer": _name,
    "visitor": _name,
    "product_id": _text,
    "category": _text,
    "query": _text,
    "value": _amount,
}
CONTEXT: Mapping[str, Callable[[str, object], Any]] = {"hour": _hour, "country": _country}


def _moment(at: datetime | None, now: datetime) -> datetime:
    """Nothing happens later than now, and nobody waits a day before telling: a clock that says so is wrong."""
    if at is None:
        return now
    if at.utcoffset() is None:
        raise ValueError("the time of a deed must be aware of its time zone")
    return at if timedelta(0) <= now - at <= SKEW else now
