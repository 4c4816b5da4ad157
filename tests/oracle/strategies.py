"""The Hypothesis strategies that engines are compared over: shops, moments, definitions, and cases of all three.

cases       everything at once: a random rule, shop and moment
batches     several rules over one shop and moment, for engines that share work among rules
time_cases  one leaf over time, with people exactly at its edges on the nights when the clocks change
prior_cases several segments that refer to each other, and a memory of who was in them
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from .prior_strategies import prior_cases
from .rule_strategies import definitions, drawn_definition, facts_of
from .shop import OracleShop
from .shop_strategies import moments, shops
from .time_strategies import time_cases

__all__ = ["batches", "cases", "definitions", "moments", "prior_cases", "shops", "time_cases"]


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], OracleShop, datetime]:
    """(definition, shop, now), with the values of the definition drawn near those of the shop and the moment."""
    shop = draw(shops())
    now = draw(moments(shop))
    return draw(definitions(shop.kinds, shop.base_currency, shop, now)), shop, now


@st.composite
def batches(draw: st.DrawFn, most: int = 6) -> tuple[list[dict[str, Any]], OracleShop, datetime]:
    """(definitions, shop, now): several rules asked of one shop at one moment, as engines that share work ask them."""
    shop = draw(shops())
    now = draw(moments(shop))
    facts = facts_of(shop.kinds, shop, now)
    return [drawn_definition(draw, facts, shop.base_currency) for _ in range(most)], shop, now
