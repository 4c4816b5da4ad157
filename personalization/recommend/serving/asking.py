"""What a page asks for: its visitor, as far as it may be known, and what the page has at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Need, Strategy
from personalization.recommend.strategies.registry import strategy_of
from personalization.visitor.audience import Audience

PERSONAL = frozenset({Need.PERSON, Need.VIEWS, Need.SEGMENT, Need.COUNTRY, Need.BASKET, Need.WISHES})
"""Needs of which one makes the page its visitor's own."""

NO_CUSTOMER = "visitor:"

NAMED_BY = ("product_id", "product", "pk", "id")
"""What of a line, a wish or a product says which product it is; of a dictionary the keys."""


def asked_of(
    visitor: Audience | None,
    strategy: Strategy,
    *,
    now: datetime,
    product: Any = None,
    basket: Any = (),
    wishes: Any = (),
    query: str = "",
    missing: Decimal | None = None,
    shown: Iterable[str] = (),
) -> Asked:
    """The question of a page; without a visitor, of nobody in particular.

    Products are given as ids, rows of the shop, or lines that have a product. Of the visitor only that is asked which the
    strategy or its chain goes by; a strategy that needs nothing of anybody leaves the page to everyone, and the personal ones
    of its chain have nothing to go by. Who they are, their segments and their views are theirs to allow: of somebody who may not
    be followed neither is read.
    """
    given = Asked(
        now=now,
        products=ids_of(product),
        basket=ids_of(basket),
        wishes=ids_of(wishes),
        query=str(query or "").replace("\0", ""),
        missing=_amount(missing),
        shown=frozenset(shown),
    )
    if visitor is None or not (strategy.needs & PERSONAL or given.basket or given.wishes):
        return given
    visitor.make_personal()
    needs = strategy.needs.union(*(strategy_of(slug).needs for slug in strategy.chain))
    return Asked(**vars(given) | _known_of(visitor, needs, strategy))


def _known_of(visitor: Audience, needs: frozenset[Need], strategy: Strategy) -> dict[str, Any]:
    """Where they are is of this page alone; all else is history."""
    known: dict[str, Any] = {"country": visitor.location.country} if Need.COUNTRY in needs else {}
    if visitor.word is False or not visitor.may_follow:
        return known
    # Whoever is known as a visitor alone never ordered: there is no row of theirs to look for.
    if Need.PERSON in needs and not visitor.key.startswith(NO_CUSTOMER):
        known["person"] = visitor.key
    if Need.SEGMENT in needs:
        known["segments"] = visitor.segments
    if Need.VIEWS in needs or strategy.follows_session:
        known["viewed"] = visitor.viewed
    return known


def ids_of(given: Any) -> tuple[str, ...]:
    """Ids of products, each once: of one product, or of any number of products, lines, or ids."""
    if given is None or given == "":
        return ()
    many = given if isinstance(given, Iterable) and not isinstance(given, str | Mapping) else [given]
    return tuple(dict.fromkeys(name for each in many if (name := _id_of(each))))


def _id_of(given: Any) -> str:
    for name in NAMED_BY:
        found = given.get(name) if isinstance(given, Mapping) else getattr(given, name, None)
        if found is not None:
            return _id_of(found)
    name = "" if given is None or isinstance(given, Mapping) else str(given)
    return "" if "\0" in name else name  # PostgreSQL refuses a question that has one


def _amount(given: Any) -> Decimal | None:
    return None if given is None or given == "" else Decimal(str(given))
