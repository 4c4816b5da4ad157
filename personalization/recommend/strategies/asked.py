"""What a page asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For whom, where on the shop's pages, and with what at hand. Everything that is not known is empty.

    `person` is a profile key ("user:17"). It, `segments` and `viewed` (products looked at, the last in front) are of somebody
    whose history may be read, or else empty: strategies need not ask for consent. `products` are what the page is about,
    `basket` what lies in the cart, `shown` what stands on the page already, `missing` what the cart lacks for free delivery,
    in the shop's currency.
    """

    now: datetime
    person: str = ""
    segments: frozenset[str] = frozenset()
    viewed: tuple[str, ...] = ()
    country: str = ""
    products: tuple[str, ...] = ()
    basket: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    query: str = ""
    missing: Decimal | None = None
    shown: frozenset[str] = field(default=frozenset())
