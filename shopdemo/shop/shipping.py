"""What delivery costs, and from what it is free."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

HOME = "GB"
EUROPE = frozenset(
    {
        "AD", "AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR",
        "GG", "GI", "GR", "HR", "HU", "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MC", "MD",
        "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "UA", "VA", "XK",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """The price of one delivery in the shop's currency, free from goods of `free_from`."""

    price: Decimal
    free_from: Decimal


AT_HOME = Rate(Decimal("3.95"), Decimal(40))
IN_EUROPE = Rate(Decimal("9.50"), Decimal(90))
ELSEWHERE = Rate(Decimal("14.50"), Decimal(150))


def rate_for(country: str) -> Rate:
    """The rate of a country (ISO 3166 alpha-2); an unknown one is taken for the shop's own."""
    if country in ("", HOME):
        return AT_HOME
    return IN_EUROPE if country in EUROPE else ELSEWHERE
