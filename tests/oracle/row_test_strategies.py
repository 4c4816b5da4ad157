"""Tests of facts and of rows, groups of them, and windows, drawn for stored rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from .instants import picked
from .moments import Clock
from .rule_values import VALUES, Pool, day_or_instant, day_or_instant_range, duration, word
from .schema import ABOVE, BELOW, columns_with_those_above, has_time
from .shop import OracleShop

Json = Any
Leaf = Callable[[bool], dict[str, Json]]
"""Draws a leaf, told whether it is `steady`: nothing but non-negated `and` groups between it and the root."""

DEEPEST_WHERE = 2
ONE_IN_FIVE = st.integers(0, 4).map(lambda die: die == 4)
ONE_IN_TEN = st.integers(0, 9).map(lambda die: die == 9)
ONE_IN_THREE = st.integers(0, 2).map(lambda die: die == 2)
NODES = st.sampled_from((1, 2, 3, 4))
NODES_OF_WHERE = st.sampled_from((1, 1, 1, 2, 3))
COMBINATOR = st.sampled_from(("and", "or", "and", "or", "at_least"))
NEGATED = st.sampled_from((False, False, True))
QUANTIFIER = st.sampled_from(("any", "all", "none"))
# Dates and times have the most operators and the most ways to go wrong.
WEIGHTS = {"date": 3, "time": 5, "text": 3, "number": 2, "money": 3, "boolean": 2, "set": 2, "geo": 2}


@dataclass(frozen=True)
class Scene:
    """The rows of a shop and the moment at which they are looked at."""

    shop: OracleShop
    clock: Clock


@dataclass(frozen=True)
class Facts:
    """What a rule may ask about, and with which values."""

    kinds: Mapping[str, str]
    pool: Pool
    relations: Sequence[str]
    """Those that the shop gives, the ones with rows more often."""
    scene: Scene | None = None
    """What the rule may be made to fit."""
    segments: Sequence[str] = field(default=())
    """The slugs of other segments that may be asked for."""

    def columns(self, relation: str) -> dict[str, str]:
        """With those of the rows above."""
        return columns_with_those_above(relation, self.kinds)

    def timed(self) -> list[str]:
        return [relation for relation in self.relations if has_time(relation, self.kinds)]


def drawn_column(draw: st.DrawFn, columns: Mapping[str, str], *, of: Collection[str] = tuple(WEIGHTS)) -> str:
    """A column of one of the kinds `of`, those with more to test more often."""
    return picked(draw, [column for column, kind in columns.items() if kind in of for _ in range(WEIGHTS[kind])])


def field_of(relation: str, column: str) -> str:
    """Where the values of a column stand: "order_lines", "product.brand" -> "products.brand"."""
    name, dot, rest = column.partition(".")
    return f"{ABOVE[relation][name]}.{rest}" if dot else f"{relation}.{column}"


def drawn_test(draw: st.DrawFn, compared_as: str, facts: Facts, asked: str | None = None) -> dict[str, Json]:
    """An operator with a value of its own, mostly one near those of the field that is asked; one time in ten
    is_set or is_not_set, which have none."""
    if draw(ONE_IN_TEN):
        return {"operator": picked(draw, ("is_set", "is_not_set"))}
    values = VALUES[compared_as]
    operator = picked(draw, tuple(values))
    pool = facts.pool if asked is None or draw(ONE_IN_FIVE) else facts.pool.near(asked)
    return {"operator": operator, "value": values[operator](draw, pool)}


def drawn_group(
    draw: st.DrawFn, leaf: Leaf, depth: int, nodes: st.SearchStrategy[int] = NODES, *, steady: bool = True
) -> dict[str, Json]:
    """A group of so many nodes, at most `depth` deep."""
    stored: dict[str, Json] = {"combinator": draw(COMBINATOR)}
    if draw(NEGATED):
        stored["not"] = True
    steady = steady and stored == {"combinator": "and"}
    rules: list[Json] = []
    for _ in range(draw(nodes)):
        deeper = depth > 1 and draw(ONE_IN_THREE)
        rules.append(drawn_group(draw, leaf, depth - 1, nodes, steady=steady) if deeper else leaf(steady))
    if stored["combinator"] == "at_least":
        stored["n"] = draw(st.integers(1, len(rules)))
    return {**stored, "rules": rules}


def drawn_where(draw: st.DrawFn, relation: str, facts: Facts, *, below: bool = True) -> dict[str, Json]:
    """Tests of one row, and of rows below it, if it has some and `below` allows it."""
    columns = facts.columns(relation)
    paths = list(BELOW.get(relation, {})) if below else []

    def row_test(steady: bool) -> dict[str, Json]:
        if len(paths) > 0 and draw(ONE_IN_FIVE):
            path = picked(draw, paths)
            where = drawn_where(draw, BELOW[relation][path], facts, below=False)
            return {"path": path, "quantifier": draw(QUANTIFIER), "where": where}
        column = drawn_column(draw, columns)
        return {"field": column, **drawn_test(draw, columns[column], facts, field_of(relation, column))}

    return drawn_group(draw, row_test, DEEPEST_WHERE, NODES_OF_WHERE)


def of_length(name: str) -> Callable[[st.DrawFn, Pool], dict[str, Json]]:
    def drawn(draw: st.DrawFn, pool: Pool) -> dict[str, Json]:
        length = duration(draw, pool)
        return {name: length["n"], "unit": length["unit"]}

    return drawn


WINDOWS: Mapping[str, Callable[[st.DrawFn, Pool], dict[str, Json]]] = {
    "last": of_length("last"),
    "not_last": of_length("not_last"),
    "between": lambda draw, pool: {"between": day_or_instant_range(draw, pool)},
    "since": lambda draw, pool: {"since": day_or_instant(draw, pool)},
    "before": lambda draw, pool: {"before": day_or_instant(draw, pool)},
    "this": lambda draw, pool: {"this": word(draw, pool)},
    "previous": lambda draw, pool: {"previous": word(draw, pool)},
}
WINDOW = st.sampled_from(("last", "last", *WINDOWS))


def drawn_plain_window(draw: st.DrawFn, pool: Pool) -> dict[str, Json]:
    """Any window but since_last."""
    return WINDOWS[draw(WINDOW)](draw, pool)


def drawn_window(draw: st.DrawFn, facts: Facts, own: Collection[str]) -> dict[str, Json]:
    """`own` are the relations whose rows it shall let in: since_last takes another."""
    others = [relation for relation in facts.timed() if relation not in own]
    if not others or not draw(ONE_IN_FIVE):
        return drawn_plain_window(draw, facts.pool)
    relation = picked(draw, others)
    window: dict[str, Json] = {"since_last": relation}
    if draw(ONE_IN_THREE):
        window["where"] = drawn_where(draw, relation, facts)
    return window
