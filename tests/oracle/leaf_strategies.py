"""The leaves of stored rules, drawn for Hypothesis: a function a kind, and one table of how often each is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from .instants import picked
from .row_test_strategies import (
    ONE_IN_FIVE,
    ONE_IN_THREE,
    Facts,
    drawn_column,
    drawn_plain_window,
    drawn_test,
    drawn_where,
    drawn_window,
    field_of,
)
from .rule_values import duration
from .schema import SCORE, has_time
from .story_strategies import drawn_pattern, drawn_sequence

Json = Any

MEASURE = st.sampled_from(("count", "count", "count_distinct", "sum", "avg", "min", "max", "share", "days_between"))
NUMERIC = ("number", "money")
COUNTABLE = ("text", "number", "money", "boolean", "date", "time")
WHICH = st.sampled_from(("first", "last", "first", "last", 1, 2, 2, 3))
RANK_OPERATOR = st.sampled_from(("top_percent", "top", "bottom_percent", "bottom"))
PERCENTS = ("10", "20", "25", "33.4", "50", "50.5", "60", "80", "100", "0.5")
PLACES = ("1", "1", "2", "3", "4", "5", "100")
SALT = st.sampled_from(("spring", "Spring", "Łódź 2024", "a:b"))
BUCKETS = st.integers(0, 99)
IF_UNKNOWN = st.sampled_from((None, None, None, "no", "yes"))


def facts_of_the_person(facts: Facts) -> dict[str, str]:
    """Full name -> kind."""
    return {f"{of}.{column}": kind for of in ("customer", SCORE) for column, kind in facts.columns(of).items()}


def drawn_attribute(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    kinds = facts_of_the_person(facts)
    asked = drawn_column(draw, kinds)
    return {"kind": "attribute", "field": asked, **drawn_test(draw, kinds[asked], facts, asked)}


def drawn_measure(draw: st.DrawFn, relation: str, facts: Facts) -> tuple[dict[str, Json], str]:
    """A measure with its column, and how values for its result are drawn."""
    columns, measure = facts.columns(relation), draw(MEASURE)
    if measure == "count" or (measure == "days_between" and not has_time(relation, facts.kinds)):
        return {"measure": "count"}, "count"
    if measure == "days_between":
        return {"measure": measure}, "days"
    if measure == "count_distinct":
        return {"measure": measure, "of": drawn_column(draw, columns, of=COUNTABLE)}, "count"
    if measure == "share":
        weighed = {"of": drawn_column(draw, columns, of=NUMERIC)} if draw(ONE_IN_THREE) else {}
        return {"measure": measure, **weighed}, "share"
    if measure in ("sum", "avg"):
        return {"measure": measure, "of": drawn_column(draw, columns, of=NUMERIC)}, "aggregate"
    of = drawn_column(draw, columns, of=(*NUMERIC, "time"))
    return {"measure": measure, "of": of}, columns[of]


def drawn_rows(draw: st.DrawFn, relation: str, facts: Facts, *, where: bool) -> dict[str, Json]:
    """Which rows are meant: perhaps those that match a `where` (surely if it is needed), perhaps those in a window."""
    stored = {}
    if where or draw(ONE_IN_THREE):
        stored["where"] = drawn_where(draw, relation, facts)
    if has_time(relation, facts.kinds) and draw(st.booleans()):
        stored["window"] = drawn_window(draw, facts, [relation])
    return stored


def drawn_measured(draw: st.DrawFn, facts: Facts) -> tuple[dict[str, Json], str]:
    """A measure over some rows, and how values for its result are drawn."""
    relation = picked(draw, facts.relations)
    measure, compared_as = drawn_measure(draw, relation, facts)
    rows = drawn_rows(draw, relation, facts, where=measure["measure"] == "share")
    return {"field": relation, **measure, **rows}, compared_as


def drawn_behaviour(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    measured, compared_as = drawn_measured(draw, facts)
    asked = field_of(measured["field"], measured["of"]) if compared_as in ("number", "money") else None
    return {"kind": "behaviour", **measured, **drawn_test(draw, compared_as, facts, asked)}


def drawn_nth(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    relation = picked(draw, facts.timed())
    rows = drawn_rows(draw, relation, facts, where=False)
    return {"kind": "nth", "field": relation, "which": draw(WHICH), **rows, "test": drawn_where(draw, relation, facts)}


def drawn_rank(draw: st.DrawFn, facts: Facts, *, steady: bool) -> dict[str, Json]:
    if draw(ONE_IN_FIVE):
        ranked = {"field": drawn_column(draw, facts_of_the_person(facts), of=NUMERIC)}
    else:
        ranked, _ = drawn_measured(draw, facts)
    operator = draw(RANK_OPERATOR)
    limits = PERCENTS if operator.endswith("percent") else PLACES
    value = picked(draw, limits)
    stored: dict[str, Json] = {"kind": "rank", **ranked, "operator": operator, "value": value}
    if steady and draw(st.booleans()):
        stored["leave_at"] = picked(draw, [each for each in limits if Decimal(each) >= Decimal(value)])
    if steady and draw(st.booleans()):
        stored["min_stay"] = duration(draw, facts.pool)
    return stored


def drawn_member(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    operator = picked(draw, ("in", "not_in"))
    stored: dict[str, Json] = {"kind": "member", "segment": picked(draw, facts.segments), "operator": operator}
    if draw(ONE_IN_THREE):
        stored["for_at_least"] = duration(draw, facts.pool)
    if operator == "in" and draw(ONE_IN_THREE):
        stored["entered"] = drawn_plain_window(draw, facts.pool)
    return stored


def drawn_bucket(draw: st.DrawFn) -> dict[str, Json]:
    first, last = sorted((draw(BUCKETS), draw(BUCKETS)))
    return {"kind": "bucket", "salt": draw(SALT), "from": first, "to": last}


LEAVES: Mapping[str, Callable[[st.DrawFn, Facts, bool], dict[str, Json]]] = {
    "attribute": lambda draw, facts, steady: drawn_attribute(draw, facts),
    "behaviour": lambda draw, facts, steady: drawn_behaviour(draw, facts),
    "nth": lambda draw, facts, steady: drawn_nth(draw, facts),
    "rank": lambda draw, facts, steady: drawn_rank(draw, facts, steady=steady),
    "member": lambda draw, facts, steady: drawn_member(draw, facts),
    "bucket": lambda draw, facts, steady: drawn_bucket(draw),
    "sequence": lambda draw, facts, steady: drawn_sequence(draw, facts),
    "pattern": lambda draw, facts, steady: drawn_pattern(draw, facts),
}
# How often of 20; `member` takes the place of others where there are segments to ask for.
OFTEN = {"attribute": 4, "behaviour": 6, "nth": 2, "rank": 3, "bucket": 1, "sequence": 2, "pattern": 2}
KIND = st.sampled_from([kind for kind, times in OFTEN.items() for _ in range(times)])


def drawn_leaf(draw: st.DrawFn, facts: Facts, steady: bool) -> dict[str, Json]:
    kind = "member" if len(facts.segments) > 0 and draw(ONE_IN_THREE) else draw(KIND)
    leaf = LEAVES[kind](draw, facts, steady)
    if_unknown = draw(IF_UNKNOWN)
    return leaf if if_unknown is None else {**leaf, "if_unknown": if_unknown}
