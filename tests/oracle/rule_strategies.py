"""Hypothesis strategies for stored rules, with values near those of a shop so that comparisons are close."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from .rule_values import VALUES, Pool, day_or_instant_range, duration, iso_day, pool_of
from .schema import columns_of
from .shop import OracleShop

Json = Any

DEEPEST = 4
DEEPEST_WHERE = 2
RELATIONS = ("orders", "order_lines", "refunds", "spend")
ONE_IN_TEN = st.integers(0, 9).map(lambda die: die == 9)
ONE_IN_THREE = st.integers(0, 2).map(lambda die: die == 2)
NODES = st.sampled_from((1, 2, 3, 4))
NODES_OF_WHERE = st.sampled_from((1, 1, 2, 3))
# Dates and times have the most operators and the most ways to go wrong.
WEIGHTS = {"date": 3, "time": 5, "text": 2, "number": 2, "money": 3, "boolean": 1}
NEGATED = st.sampled_from((None, False, True))
IF_UNKNOWN = st.sampled_from((None, None, "no", "yes", "unknown"))


@dataclass(frozen=True)
class Facts:
    """What a rule may ask about, and with which values."""

    kinds: Mapping[str, str]
    pool: Pool

    def columns(self, relation: str) -> dict[str, str]:
        return columns_of(relation, self.kinds)


def drawn_column(draw: st.DrawFn, columns: Mapping[str, str], *, of: tuple[str, ...] = tuple(WEIGHTS)) -> str:
    """A column of one of the kinds `of`, those with more to test more often."""
    return draw(st.sampled_from([column for column, kind in columns.items() if kind in of for _ in range(WEIGHTS[kind])]))


def drawn_test(draw: st.DrawFn, compared_as: str, facts: Facts) -> dict[str, Json]:
    """An operator with a value of its own; is_set or is_not_set, which have none, one time in ten."""
    if draw(ONE_IN_TEN):
        return {"operator": draw(st.sampled_from(("is_set", "is_not_set")))}
    values = VALUES[compared_as]
    operator = draw(st.sampled_from(tuple(values)))
    return {"operator": operator, "value": values[operator](draw, facts.pool)}


def drawn_group(
    draw: st.DrawFn, leaf: Callable[[], dict[str, Json]], depth: int, nodes: st.SearchStrategy[int] = NODES
) -> dict[str, Json]:
    """A group of so many nodes, at most `depth` deep; its `not` is left out, false or true."""
    stored: dict[str, Json] = {"combinator": draw(st.sampled_from(("and", "or")))}
    negated = draw(NEGATED)
    if negated is not None:
        stored["not"] = negated
    rules = []
    for _ in range(draw(nodes)):
        deeper = depth > 1 and draw(ONE_IN_THREE)
        rules.append(drawn_group(draw, leaf, depth - 1, nodes) if deeper else leaf())
    return {**stored, "rules": rules}


def drawn_window(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    kind = draw(st.sampled_from(("last", "last", "between", "since")))
    if kind == "last":
        length = duration(draw, facts.pool)
        return {"last": length["n"], "unit": length["unit"]}
    if kind == "between":
        return {"between": day_or_instant_range(draw, facts.pool)}
    return {"since": iso_day(draw, facts.pool)}


def drawn_measure(draw: st.DrawFn, columns: Mapping[str, str]) -> tuple[dict[str, Json], str]:
    """A measure with its column, and how values for its result are drawn."""
    measure = draw(st.sampled_from(("count", "sum", "avg", "min", "max")))
    if measure == "count":
        return {"measure": measure}, "count"
    if measure in ("sum", "avg"):
        return {"measure": measure, "of": drawn_column(draw, columns, of=("number", "money"))}, "aggregate"
    of = drawn_column(draw, columns, of=("number", "money", "time"))
    return {"measure": measure, "of": of}, columns[of]


def drawn_behaviour(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    relation = draw(st.sampled_from([name for name in RELATIONS if facts.columns(name)]))
    columns = facts.columns(relation)

    def row_test() -> dict[str, Json]:
        column = drawn_column(draw, columns)
        return {"field": column, **drawn_test(draw, columns[column], facts)}

    measure, compared_as = drawn_measure(draw, columns)
    leaf: dict[str, Json] = {"kind": "behaviour", "field": relation, **measure}
    if draw(st.booleans()):
        leaf["where"] = drawn_group(draw, row_test, DEEPEST_WHERE, NODES_OF_WHERE)
    if not draw(ONE_IN_THREE):
        leaf["window"] = drawn_window(draw, facts)
    return {**leaf, **drawn_test(draw, compared_as, facts)}


def drawn_attribute(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    columns = facts.columns("customer")
    column = drawn_column(draw, columns)
    return {"kind": "attribute", "field": f"customer.{column}", **drawn_test(draw, columns[column], facts)}


def drawn_leaf(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    leaf = drawn_attribute(draw, facts) if draw(ONE_IN_THREE) else drawn_behaviour(draw, facts)
    if_unknown = draw(IF_UNKNOWN)
    return leaf if if_unknown is None else {**leaf, "if_unknown": if_unknown}


@st.composite
def definitions(
    draw: st.DrawFn,
    kinds: Mapping[str, str],
    base_currency: str = "GBP",
    shop: OracleShop | None = None,
    now: datetime | None = None,
) -> dict[str, Json]:
    """A valid stored root over the facts `kinds` ("orders.total" -> "money"), at most four groups deep.

    With `shop` and `now` its values lie at or beside those of the shop and that moment.
    """
    facts = Facts(kinds, pool_of(shop, now))
    root = drawn_group(draw, lambda: drawn_leaf(draw, facts), draw(st.integers(1, DEEPEST)))
    return {"version": 1, "semantics": 1, "base_currency": base_currency, **root}
