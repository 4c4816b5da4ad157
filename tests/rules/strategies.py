"""Hypothesis strategies for valid rule trees, with every shape of value and texts such as a hostile owner would write."""

from __future__ import annotations

from hypothesis import strategies as st

from segmentation.rules.tree import Attribute, Behaviour, Between, Duration, Group, Last, Node, Rule, Since, Test, Value, Window
from segmentation.rules.values import (
    IF_UNKNOWN,
    LONGEST_DURATION,
    MEASURES,
    OPERATORS,
    PERIODS,
    UNITS,
    Operator,
    Shape,
    is_clean,
    is_name,
)

DEEPEST = 5
DEEPEST_WHERE = 3

ODD_TEXTS = (
    "",
    " ",
    "FR",
    "3",
    "-0.50",
    "007",
    "1.",
    ".5",
    "-",
    "1e5",
    "²",
    "٣",
    "true",
    "last 3 days",
    '"',
    "\\",
    '\\"',
    "\\u0000",
    ") or (",
    "//",
    "it's",
    "100%",
    "%(value)s",
    "{0}",
    "a\tb\nc",
    "\u2028\u2029",
    "\u00a0x\u3000",
    "Zażółć",
    "e\u0301",
    "ǰ",
    "مرحبا",
    "👩‍👩‍👧",
    "2026-02-28",
    "2026-02-28T23:59:60",
)

_WORDS_OF_THE_LANGUAGE = "and or if in is on of set time month true yes unknown contains this orders anders notable lastly wheres"
NAMES = st.one_of(
    st.sampled_from(_WORDS_OF_THE_LANGUAGE.split()),
    st.from_regex(r"[a-z_][a-z0-9_]{0,6}(\.[a-z_][a-z0-9_]{0,6}){0,2}", fullmatch=True),
).filter(is_name)
TEXTS = st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=12).filter(is_clean))
FILLED_TEXTS = TEXTS.filter(lambda text: text.strip() != "")
NUMBERS = st.decimals(-(10**12), 10**12, places=2).map(str)
MEASURED = st.sampled_from(MEASURES)
DURATIONS = st.builds(Duration, st.integers(0, LONGEST_DURATION), st.sampled_from(UNITS))
ONE = st.one_of(TEXTS, NUMBERS)
MANY = st.lists(ONE, min_size=1, max_size=4).map(tuple)
PAIR = st.tuples(ONE, ONE)

VALUES: dict[Shape, st.SearchStrategy[Value]] = {
    Shape.NOTHING: st.none(),
    Shape.ONE: ONE,
    Shape.MANY: MANY,
    Shape.ONE_OR_MANY: st.one_of(ONE, MANY),
    Shape.PAIR: PAIR,
    Shape.YES_NO: st.booleans(),
    Shape.DURATION: DURATIONS,
    Shape.PERIOD: st.sampled_from(PERIODS),
}
NEED_TEXT = ("contains", "not_contains", "starts_with", "ends_with")

WINDOWS: st.SearchStrategy[Window | None] = st.one_of(
    st.none(), st.builds(Last, DURATIONS), st.builds(Between, TEXTS, TEXTS), st.builds(Since, TEXTS)
)


def _compared(operator: Operator) -> st.SearchStrategy[tuple[str, Value]]:
    values = FILLED_TEXTS if operator.name in NEED_TEXT else VALUES[operator.shape]
    return st.tuples(st.just(operator.name), values)


COMPARISONS: st.SearchStrategy[tuple[str, Value]] = st.one_of(*map(_compared, OPERATORS.values()))
"""An operator with a value of its shape."""
IF_UNKNOWNS = st.sampled_from(IF_UNKNOWN)
TESTS = st.builds(lambda name, comparison: Test(name, *comparison), NAMES, COMPARISONS)
ATTRIBUTES = st.builds(lambda name, comparison, unknown: Attribute(name, *comparison, unknown), NAMES, COMPARISONS, IF_UNKNOWNS)


def groups(members: st.SearchStrategy[Node], depth: int) -> st.SearchStrategy[Group]:
    """A group of one to three members, at most so many groups deep."""
    inner = members if depth == 1 else members | groups(members, depth - 1)
    nodes = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.builds(Group, st.sampled_from(("and", "or")), nodes, st.booleans())


WHERES = st.none() | groups(TESTS, DEEPEST_WHERE)


@st.composite
def behaviours(draw: st.DrawFn) -> Behaviour:
    """A measure over the rows of a relation, perhaps with `where` and window."""
    measure = draw(MEASURED)
    operator, value = draw(COMPARISONS)
    return Behaviour(
        field=draw(NAMES),
        measure=measure,
        operator=operator,
        value=value,
        of=None if measure == "count" else draw(NAMES),
        where=draw(WHERES),
        window=draw(WINDOWS),
        if_unknown=draw(IF_UNKNOWNS),
    )


RULES = st.builds(Rule, groups(ATTRIBUTES | behaviours(), DEEPEST), st.sampled_from(("GBP", "JPY")))
"""A whole rule in a base currency."""
