"""Products that content shows: title, price, address and image, by the shop's source."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from personalization.conf import conf
from personalization.content.links import is_safe
from segmentation.errors import RegularsError
from segmentation.sources import ResolvedColumn, active_source

log = logging.getLogger(__name__)

KEPT_SECONDS = 60.0

MOST_KEPT = 5_000
"""Products; past that all are read anew."""

COLUMNS = ("product_id", "title", "price", "url", "image")


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a product; "" and None where the shop does not say."""

    id: str
    title: str
    price: Any = None
    url: str = ""
    image: str = ""

    @property
    def price_text(self) -> str:
        """As the reader's language writes it, with the code of the shop's currency."""
        if self.price is None:
            return ""
        return f"{number_format(self.price, 2, force_grouping=True)}\u00a0{conf.base_currency}"


Cards = dict[str, Card]


def read_cards(ids: Sequence[str]) -> Cards:
    """The products of these ids that the shop has; one query. Raises RegularsError where the shop cannot be asked."""
    relation = active_source().relations.get("products")
    if relation is None:
        return {}
    columns = [name for name in COLUMNS if name in relation.columns]
    rows = (row for chunk in relation.read(columns, where={"product_id": list(ids)}) for row in chunk)
    cards = (_card(dict(zip(columns, row, strict=True)), relation.columns.get("price")) for row in rows)
    return {card.id: card for card in cards if card is not None}


def _card(row: dict[str, Any], priced: ResolvedColumn | None) -> Card | None:
    """None of a product without a title: nobody could tell what it is."""
    title = str(row.get("title") or "")
    price = row.get("price")
    if price is not None and priced is not None and priced.minor_units:
        price = Decimal(price).scaleb(-priced.scale)
    url, image = (str(row.get(name) or "") for name in ("url", "image"))
    safe = [address if is_safe(address) else "" for address in (url, image)]
    return Card(str(row["product_id"]), title, price, *safe) if title else None


class Shelf:
    """Remembers products for a minute. Where the shop cannot be asked, what was known goes on being shown."""

    def __init__(self, read: Callable[[Sequence[str]], Cards] = read_cards, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """As if nothing had been asked yet."""
        self._kept: dict[str, tuple[float, Card | None]] = {}

    def cards(self, ids: Iterable[str]) -> list[Card]:
        """The products in this order, without those that the shop does not have."""
        wanted = list(dict.fromkeys(ids))
        now = self._clock()
        lacking = [name for name in wanted if self._kept.get(name, (0.0, None))[0] <= now]
        if lacking:
            self._fetch(lacking, now)
        found = (self._kept.get(name, (0.0, None))[1] for name in wanted)
        return [card for card in found if card is not None]

    def _fetch(self, ids: Sequence[str], now: float) -> None:
        try:
            cards = self._read(ids)
        except Exception:  # the shop's code and database, of any kind
            log.exception("products cannot be read")
            cards = {name: card for name in ids if (card := self._kept.get(name, (0.0, None))[1]) is not None}
        with self._lock:
            if len(self._kept) > MOST_KEPT:
                self._kept = {}
            # Those that are not there are remembered too, or each page would ask for them.
            self._kept |= {name: (now + KEPT_SECONDS, cards.get(name)) for name in ids}


shelf = Shelf()
"""This process's."""


def unknown_products(ids: Sequence[str]) -> list[str]:
    """Those that the shop does not have."""
    return [name for name in ids if not _is_known(name)]


def _is_known(name: str) -> bool:
    # One by one: an id that is none ("abc" where numbers are) fails the whole question.
    try:
        return name in read_cards([name])
    except RegularsError:
        return False
