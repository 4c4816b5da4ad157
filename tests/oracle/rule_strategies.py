"""Hypothesis strategies for stored rules, with values near those of a shop so that comparisons are close."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from .leaf_strategies import drawn_leaf
from .moments import Clock
from .row_test_strategies import Facts, Scene, drawn_group
from .rule_values import pool_of
from .schema import columns_of
from .shop import OracleShop

Json = Any

DEEPEST = 4
DEPTH = st.integers(1, DEEPEST)
RELATIONS = ("orders", "order_lines", "refunds", "spend", "carts", "cart_lines", "wishlist_items", "events")
# What a stored rule may hold at most.
MOST_BYTES, MOST_LEAVES = 32_768, 200


def relations_of(kinds: Mapping[str, str], shop: OracleShop | None) -> list[str]:
    """The relations to ask about, those with more rows more often."""
    given = [relation for relation in RELATIONS if columns_of(relation, kinds)]
    rows = {relation: len(shop.relations.get(relation, ())) for relation in given} if shop else {}
    return [relation for relation in given for _ in range(1 + min(rows.get(relation, 0), 5))]


def conditions_in(stored: Json) -> int:
    """The leaves of a rule or a part of it, those of each `where` among them."""
    if isinstance(stored, list):
        return sum(map(conditions_in, stored))
    if not isinstance(stored, dict):
        return 0
    return int("kind" in stored or "operator" in stored) + sum(map(conditions_in, stored.values()))


def drawn_definition(draw: st.DrawFn, facts: Facts, base_currency: str) -> dict[str, Json]:
    """A root within the limits of what may be stored."""
    root = drawn_group(draw, lambda steady: drawn_leaf(draw, facts, steady), draw(DEPTH))
    definition = {"version": 1, "semantics": 1, "base_currency": base_currency, **root}
    assume(conditions_in(root) <= MOST_LEAVES and len(json.dumps(definition)) <= MOST_BYTES)
    return definition


def facts_of(
    kinds: Mapping[str, str], shop: OracleShop | None = None, now: datetime | None = None, segments: Sequence[str] = ()
) -> Facts:
    scene = None if shop is None or now is None else Scene(shop, Clock.at(now, shop.zone, shop.first_weekday))
    return Facts(kinds, pool_of(shop, now), relations_of(kinds, shop), scene, segments)


@st.composite
def definitions(
    draw: st.DrawFn,
    kinds: Mapping[str, str],
    base_currency: str = "GBP",
    shop: OracleShop | None = None,
    now: datetime | None = None,
    segments: Sequence[str] = (),
) -> dict[str, Json]:
    """A valid stored root over the facts `kinds` ("orders.total" -> "money"), at most four groups deep.

    With `shop` and `now` its values lie at or beside those of the shop and that moment; with `segments` it asks for
    members of those.
    """
    return drawn_definition(draw, facts_of(kinds, shop, now, segments), base_currency)
