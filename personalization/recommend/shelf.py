"""The products that pages show, remembered by each process."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence

from personalization.recommend.product import Product, Products, read_products
from personalization.visitor.person import harmless
from segmentation.errors import RegularsError

log = logging.getLogger(__name__)

KEPT_SECONDS = 60.0

FAILED_SECONDS = 2.0
"""So long a shop that could not be asked is not asked again about the same products."""

MOST_KEPT = 5_000
"""Products; past that all are read anew."""


NEVER: tuple[float, Product | None] = (0.0, None)
"""What was never asked for."""


class Shelf:
    """Remembers products for a minute. Where the shop cannot be asked, what was known goes on being shown."""

    def __init__(
        self, read: Callable[[Sequence[str]], Products] = read_products, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read, self._clock = read, clock
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """As if nothing had been asked yet."""
        self._kept: dict[str, tuple[float, Product | None]] = {}

    def products(self, ids: Iterable[str]) -> list[Product]:
        """The products in this order, without those that the shop does not have; one query for those not remembered."""
        wanted, now = list(dict.fromkeys(ids)), self._clock()
        if lacking := self._lacking(wanted, now):
            self._fetch(lacking, now)
        kept = self._kept
        return [product for name in wanted if (product := kept.get(name, NEVER)[1]) is not None]

    def remembers(self, ids: Iterable[str]) -> bool:
        """Whether `products` would ask nothing."""
        return not self._lacking(ids, self._clock())

    def _lacking(self, ids: Iterable[str], now: float) -> list[str]:
        kept = self._kept
        return [name for name in ids if kept.get(name, NEVER)[0] <= now]

    def _fetch(self, ids: Sequence[str], now: float) -> None:
        kept = KEPT_SECONDS
        try:
            with harmless():
                products = self._read(ids)
        except Exception:  # the shop's code and database, of any kind
            log.exception("products cannot be read")
            kept = FAILED_SECONDS
            products = {name: product for name in ids if (product := self._kept.get(name, NEVER)[1]) is not None}
        with self._lock:
            if len(self._kept) > MOST_KEPT:
                self._kept = {}
            # Those that are not there are remembered too, or each page would ask for them.
            self._kept |= {name: (now + kept, products.get(name)) for name in ids}


shelf = Shelf()
"""This process's."""


def unknown_products(ids: Sequence[str]) -> list[str]:
    """Those that the shop does not have, or says nothing of while it cannot be asked."""
    try:
        known = read_products(ids)
    except RegularsError:
        known = {}
    return [name for name in ids if name not in known]
