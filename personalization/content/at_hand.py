"""What a page has at hand for its slots: the product it is about, the cart, what was searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlencode

from personalization.recommend.serving.asking import ids_of

MOST_CHARACTERS = {"product": 120, "basket": 300, "wishes": 200}
"""Name of a list of ids -> how much of it goes into an address."""

LONGEST_QUERY = 100
LONGEST_TEXT = 1_000

_ID = re.compile(r"[^\s,]{1,100}")
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """Ids of products, and words. `missing` is what the cart lacks for free delivery, in the shop's currency.

    On `page`, a request, it is noted what is shown, so that no product stands there twice; with None nothing is noted.
    """

    now: datetime
    page: Any = None
    product: tuple[str, ...] = ()
    basket: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    query: str = ""
    missing: Decimal | None = None

    @property
    def is_personal(self) -> bool:
        """Whether some of it is of one visitor alone."""
        return bool(self.basket or self.wishes) or self.missing is not None

    @property
    def public(self) -> AtHand:
        """What everyone may know who may see the page."""
        return replace(self, page=None, basket=(), wishes=(), missing=None)

    @property
    def given(self) -> dict[str, Any]:
        """As recommendations take it."""
        ids = {name: getattr(self, name) for name in MOST_CHARACTERS}
        return ids | {"query": self.query, "missing": self.missing}

    @property
    def text(self) -> str:
        """As the loader adds it to what it asks for; `read` reads it. "" for nothing at hand."""
        said = {name: _joined(getattr(self, name), most) for name, most in MOST_CHARACTERS.items()}
        said |= {"query": self.query[:LONGEST_QUERY], "missing": "" if self.missing is None else f"{self.missing:f}"}
        return urlencode({name: text for name, text in said.items() if text}, safe=",")


def at_hand(
    now: datetime,
    page: Any = None,
    *,
    product: Any = None,
    basket: Any = (),
    wishes: Any = (),
    query: Any = "",
    missing: Any = None,
) -> AtHand:
    """Of what a template gives: ids, products of the shop, or lines that have one. Raises what the shop's own objects raise."""
    return AtHand(
        now=now,
        page=page,
        product=ids_of(product),
        basket=ids_of(basket),
        wishes=ids_of(wishes),
        query=str(query or ""),
        missing=None if missing in (None, "") else Decimal(str(missing)),
    )


def read(said: str | Mapping[str, str], now: datetime, page: Any = None) -> AtHand:
    """Of what a browser sends, where anything may stand: what makes no sense is left out."""
    if isinstance(said, str):
        said = _parsed(said)
    ids = {name: _split(said.get(name, ""), most) for name, most in MOST_CHARACTERS.items()}
    missing, query = said.get("missing", ""), said.get("query", "")[:LONGEST_QUERY].replace("\0", "")
    return AtHand(now=now, page=page, **ids, query=query, missing=Decimal(missing) if _AMOUNT.fullmatch(missing) else None)


def _parsed(text: str) -> dict[str, str]:
    try:
        return {name: texts[-1] for name, texts in parse_qs(text[:LONGEST_TEXT], max_num_fields=20).items()}
    except ValueError:
        return {}


def _joined(ids: Iterable[str], most: int) -> str:
    """As many as there is room for."""
    return ",".join(_fitting((name for name in ids if _ID.fullmatch(name)), most))


def _split(text: str, most: int) -> tuple[str, ...]:
    names = dict.fromkeys(text.split(","))
    return tuple(_fitting((name for name in names if _ID.fullmatch(name) and "\0" not in name), most))


def _fitting(names: Iterable[str], most: int) -> Iterable[str]:
    room = most
    for name in names:
        room -= len(name) + 1
        if room < -1:
            return
        yield name
