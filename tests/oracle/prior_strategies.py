"""A Hypothesis strategy for segments that refer to each other, with a memory of who was in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from .instants import DURATION, JITTER, NEIGHBOUR
from .leaf_strategies import drawn_leaf, drawn_rank
from .moments import ELAPSING_UNITS, Clock, calendar_later, elapsed_later
from .prior import EXCLUDED, INCLUDED, Prior, Standing
from .row_test_strategies import ONE_IN_FIVE, ONE_IN_THREE, Facts
from .rule_strategies import drawn_definition, facts_of
from .rule_values import telling_durations
from .shop import OracleShop
from .shop_strategies import moments, shops

Json = Any

TOGETHER = ("vip", "dormant", "loyal", "late")
STORED = "frozen"
HOW_MANY = st.sampled_from((2, 3, 4, 3))
STANDING = st.sampled_from(("in", "in", "in", "left", "never"))
WORD = st.sampled_from((None, None, None, None, None, INCLUDED, EXCLUDED))


def drawn_past_moment(draw: st.DrawFn, clock: Clock) -> datetime:
    """At the length of some duration before now, nearly or to the second, or about the midnight where days are over:
    never later than now."""
    n, unit = draw(DURATION)
    if unit in ELAPSING_UNITS:
        moment = elapsed_later(clock.now, -n, unit)
    else:
        day = calendar_later(clock.today, -n, unit)
        moment = clock.midnight(day + timedelta(days=draw(NEIGHBOUR)))
    return min(moment + draw(JITTER), clock.now)


def drawn_standing(draw: st.DrawFn, clock: Clock) -> Standing:
    kind = draw(STANDING)
    if kind == "never":
        return Standing()
    moment = drawn_past_moment(draw, clock)
    if kind == "left":
        return Standing(left=moment)
    earlier = moment - timedelta(days=30) if draw(st.booleans()) else None
    return Standing(since=moment, left=earlier)


def drawn_standings(draw: st.DrawFn, shop: OracleShop, clock: Clock) -> dict[tuple[str, str], Standing]:
    """Of everybody to every segment. What is stored only is stored with the owner's word, so there it says no more."""
    found = {}
    for person in shop.people:
        for slug in TOGETHER:
            found[slug, person["key"]] = replace(drawn_standing(draw, clock), word=draw(WORD))
        found[STORED, person["key"]] = drawn_standing(draw, clock)
    return found


def drawn_ranking(draw: st.DrawFn, facts: Facts, base_currency: str) -> dict[str, Json]:
    """A root whose first leaf is a rank, where a memory of who was in may count; perhaps within a group."""
    rank = drawn_rank(draw, facts, steady=True)
    within: Json = {"combinator": "and", "rules": [rank]} if draw(ONE_IN_FIVE) else rank
    more = [drawn_leaf(draw, facts, steady=True)] if draw(ONE_IN_FIVE) else []
    root = {"combinator": "and", "rules": [within, *more]}
    return {"version": 1, "semantics": 1, "base_currency": base_currency, **root}


def drawn_definitions(draw: st.DrawFn, facts: Facts, base_currency: str) -> dict[str, Json]:
    """Each may ask for those before it, so there are no cycles, and for one that is stored only."""
    found: dict[str, Json] = {}
    for slug in TOGETHER[: draw(HOW_MANY)]:
        drawn = drawn_ranking if draw(ONE_IN_THREE) else drawn_definition
        found[slug] = drawn(draw, replace(facts, segments=(*found, STORED)), base_currency)
    return found


def with_durations_since(standings: Iterable[Standing], facts: Facts, now: datetime, zone: str) -> Facts:
    """The same, whose durations mostly lead back to an entry or an exit."""
    changes = [change for standing in standings for change in (standing.since, standing.left) if change is not None]
    durations = [*facts.pool.durations, *telling_durations(changes, (), now, zone)]
    return replace(facts, pool=replace(facts.pool, durations=durations))


@st.composite
def prior_cases(draw: st.DrawFn) -> tuple[Mapping[str, Json], OracleShop, datetime, Prior]:
    """(definitions by slug, shop, now, prior): ask `truth(definitions[slug], shop, key, now, prior.of(slug))`."""
    shop = draw(shops())
    now = draw(moments(shop))
    standings = drawn_standings(draw, shop, Clock.at(now, shop.zone, shop.first_weekday))
    facts = with_durations_since(standings.values(), facts_of(shop.kinds, shop, now), now, shop.zone)
    definitions = drawn_definitions(draw, facts, shop.base_currency)
    return definitions, shop, now, Prior(None, definitions, standings)
