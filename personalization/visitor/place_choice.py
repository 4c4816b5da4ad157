"""The country and the currency that somebody chose, and whether they still want to be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from personalization.conf import conf
from personalization.visitor.cookies import PLACE
from personalization.visitor.countries import country_of

if TYPE_CHECKING:
    from personalization.visitor.who import Visitor


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


def choose_place(visitor: Visitor, *, country: str | None = None, currency: str | None = None) -> None:
    """They chose these, or closed the question with neither.

    "" takes a choice back; what the shop does not offer changes nothing.
    """
    chosen = replace(visitor.chosen, is_settled=True)
    if country is not None and (not country or country_of(country)):
        chosen = replace(chosen, country=country_of(country))
    if currency is not None and currency in ("", *conf.currencies):
        chosen = replace(chosen, currency=currency)
    visitor.jar.put(PLACE, chosen.said)
    visitor.forget()
