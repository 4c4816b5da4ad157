"""The country and the currency that somebody chose, and whether they still want to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from personalization.conf import conf
from personalization.visitor.countries import country_of


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """What the place cookie says; "" is no choice."""

    country: str = ""
    currency: str = ""
    is_settled: bool = False
    """Whether they answered the banner, by a choice or by closing it."""

    @classmethod
    def read(cls, said: Any) -> PlaceChoice:
        """Of an opened cookie. A currency that the shop no longer offers, or what is no country, is no choice."""
        if not isinstance(said, dict):
            return cls()
        currency = said.get("currency")
        return cls(country_of(said.get("country")), currency if currency in conf.currencies else "", said.get("settled") is True)

    @property
    def said(self) -> dict[str, Any]:
        """For the cookie."""
        return {"country": self.country, "currency": self.currency, "settled": self.is_settled}
