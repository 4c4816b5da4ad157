"""Hypothesis strategies for valid rule trees: the whole language, with texts such as a hostile owner would write."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from segmentation.rules.limits import MAX_NTH, MAX_PERIODS
from segmentation.rules.tree import (
    Attribute,
    Before,
    Behaviour,
    Below,
    Between,
    Bucket,
    Circle,
    Comparison,
    Duration,
    Group,
    Last,
    Member,
    Node,
    NotLast,
    Nth,
    Pattern,
    Previous,
    Rank,
    Rule,
    Sequence,
    Since,
    SinceLast,
    Step,
    Test,
    This,
    Value,
    Window,
)
from segmentation.rules.values import (
    CALENDAR_UNITS,
    ELAPSING_UNITS,
    IF_UNKNOWN,
    LONGEST_DURATION,
    MEASURES,
    OPERATORS,
    PATTERNS,
    PERIODS,
    QUANTIFIERS,
    RANKS,
    SIZES,
    UNITS,
    Measure,
    Operator,
    Shape,
    is_clean,
    is_name,
)

DEEPEST = 4
DEEPEST_WHERE = 2

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

# Names, texts, values

_OF_THE_LANGUAGE = """
and or if in is on at to by of set size time month day true yes unknown contains first nth count percent leave stay then no period
segment within km has entered orders anders notable lastly wheres patterns atleast last.x not.a where.b top.c any.all
"""
NAMES = st.one_of(
    st.sampled_from(_OF_THE_LANGUAGE.split()),
    st.lists(st.text("abz_", min_size=1, max_size=5), min_size=1, max_size=3).map(".".join),
).filter(is_name)
TEXTS = st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=12).filter(is_clean))
FILLED_TEXTS = TEXTS.filter(lambda text: text.strip() != "")
NUMBERS = st.decimals(-(10**12), 10**12, places=2).map(str)
DURATIONS = st.builds(Duration, st.integers(0, LONGEST_DURATION), st.sampled_from(UNITS))
ONE = st.one_of(TEXTS, NUMBERS)
MANY = st.lists(ONE, min_size=1, max_size=3).map(tuple)
PAIR = st.tuples(ONE, ONE)


def _size(operator: str) -> st.SearchStrategy[Comparison]:
    """The size of a set under an operator, of which every value is a number."""
    shapes: dict[Shape, st.SearchStrategy[Any]] = {
        Shape.ONE: NUMBERS,
        Shape.MANY: st.lists(NUMBERS, min_size=1, max_size=3).map(tuple),
        Shape.PAIR: st.tuples(NUMBERS, NUMBERS),
    }
    return st.builds(Comparison, st.just(operator), shapes[OPERATORS[operator].shape])


def _degrees(most: int) -> st.SearchStrategy[str]:
    return st.decimals(-most, most, places=4).map(str)


VALUES: dict[Shape, st.SearchStrategy[Value]] = {
    Shape.NOTHING: st.none(),
    Shape.ONE: ONE,
    Shape.MANY: MANY,
    Shape.ONE_OR_MANY: st.one_of(ONE, MANY),
    Shape.PAIR: PAIR,
    Shape.YES_NO: st.booleans(),
    Shape.DURATION: DURATIONS,
    Shape.PERIOD: st.sampled_from(PERIODS),
    Shape.COMPARISON: st.sampled_from(SIZES).flatmap(_size),
    Shape.CIRCLE: st.builds(Circle, _degrees(90), _degrees(180), st.integers(1, 20_000).map(str)),
}
NEED_TEXT = ("contains", "not_contains", "starts_with", "ends_with")


def _compared(operator: Operator) -> st.SearchStrategy[tuple[str, Value]]:
    values = FILLED_TEXTS if operator.name in NEED_TEXT else VALUES[operator.shape]
    return st.tuples(st.just(operator.name), values)


COMPARISONS: st.SearchStrategy[tuple[str, Value]] = st.one_of(*map(_compared, OPERATORS.values()))
"""An operator with a value of its shape."""

# Groups


def groups(members: st.SearchStrategy[Node], depth: int) -> st.SearchStrategy[Group]:
    """A group of one to three members, at most so many groups deep."""
    inner = members if depth == 1 else members | groups(members, depth - 1)
    nodes = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.builds(_group, st.sampled_from(("and", "or", "at_least")), nodes, st.booleans(), st.integers(1, 3))


def _group(combinator: str, nodes: tuple[Node, ...], negated: bool, n: int) -> Group:
    return Group(combinator, nodes, negated, min(n, len(nodes)) if combinator == "at_least" else None)


TESTS = st.builds(lambda name, comparison: Test(name, *comparison), NAMES, COMPARISONS)
BELOWS = st.builds(Below, NAMES, st.sampled_from(QUANTIFIERS), groups(TESTS, DEEPEST_WHERE))
ROWS = groups(TESTS | BELOWS, DEEPEST_WHERE)
WHERES = st.none() | ROWS

WINDOWS_OF_TIME: st.SearchStrategy[Window] = st.one_of(
    st.builds(Last, DURATIONS),
    st.builds(NotLast, DURATIONS),
    st.builds(Between, TEXTS, TEXTS),
    st.builds(Since, TEXTS),
    st.builds(Before, TEXTS),
    st.builds(This, st.sampled_from(PERIODS)),
    st.builds(Previous, st.sampled_from(PERIODS)),
)


WINDOWS = st.one_of(st.none(), WINDOWS_OF_TIME, st.builds(SinceLast, NAMES, WHERES))


def of_others(window: Window | None, *own: str) -> Window | None:
    """The window, unless it runs since the last row of the relations whose rows it chooses."""
    return None if isinstance(window, SinceLast) and window.field in own else window


# Leaves

IF_UNKNOWNS = st.sampled_from(IF_UNKNOWN)
ATTRIBUTES = st.builds(lambda name, comparison, unknown: Attribute(name, *comparison, unknown), NAMES, COMPARISONS, IF_UNKNOWNS)


MEASURED = st.sampled_from(tuple(MEASURES.values()))
ENDS = st.sampled_from(tuple(RANKS))
PERCENTAGES = st.tuples(*[st.decimals("0.01", 100, places=2)] * 2).map(sorted)
COUNTS = st.tuples(*[st.integers(1, 10**15 - 1)] * 2).map(sorted)
PERCENTS = st.tuples(*[st.integers(0, 99)] * 2).map(sorted)
SLUGS = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=80)
STEPS = st.builds(Step, NAMES, WHERES)
WITHINS = st.none() | st.builds(Duration, st.integers(0, LONGEST_DURATION), st.sampled_from(ELAPSING_UNITS))
CALENDAR_DURATIONS = st.builds(Duration, st.integers(1, LONGEST_DURATION), st.sampled_from(CALENDAR_UNITS))
MAYBE_DURATIONS = st.none() | DURATIONS


def _measured(measure: Measure, field: str, of: str, rows: Group, window: Window | None, has_more: bool) -> dict[str, Any]:
    return {
        "field": field,
        "measure": measure.name,
        "of": of if measure.must_have or (measure.kinds and has_more) else None,
        "where": rows if measure.needs_where or has_more else None,
        "window": of_others(window, field),
    }


MEASURES_OF_ROWS = st.builds(_measured, MEASURED, NAMES, NAMES, ROWS, WINDOWS, st.booleans())
"""A measure over the rows of a relation, perhaps with `where` and window."""

BEHAVIOURS = st.builds(
    lambda measured, comparison, unknown: Behaviour(**measured, operator=comparison[0], value=comparison[1], if_unknown=unknown),
    MEASURES_OF_ROWS,
    COMPARISONS,
    IF_UNKNOWNS,
)


WHICH = st.sampled_from(("first", "last")) | st.integers(1, MAX_NTH)
RANKED = MEASURES_OF_ROWS | NAMES.map(lambda name: {"field": name})
MEMBERSHIPS = st.sampled_from(("in", "not_in"))
SEVERAL_STEPS = st.lists(STEPS, min_size=2, max_size=3)
MAYBE_STEPS = st.none() | STEPS
PATTERN_NAMES = st.sampled_from(tuple(PATTERNS))
NUMBERS_OF_PERIODS = st.integers(1, MAX_PERIODS)


@st.composite
def nths(draw: st.DrawFn) -> Nth:
    """One row of a relation under a test."""
    field = draw(NAMES)
    which = draw(WHICH)
    return Nth(field, which, draw(ROWS), draw(WHERES), of_others(draw(WINDOWS), field), draw(IF_UNKNOWNS))


@st.composite
def ranks(draw: st.DrawFn, may_stay: bool = False) -> Rank:
    """A place in the base, by a measure or a fact."""
    operator = draw(ENDS)
    _, is_percentage = RANKS[operator]
    value, leave_at = draw(PERCENTAGES if is_percentage else COUNTS)
    return Rank(
        **draw(RANKED),
        operator=operator,
        value=str(value),
        leave_at=str(leave_at) if may_stay and draw(st.booleans()) else None,
        min_stay=draw(MAYBE_DURATIONS) if may_stay else None,
        if_unknown=draw(IF_UNKNOWNS),
    )


@st.composite
def members(draw: st.DrawFn) -> Member:
    """Being in another segment or not."""
    operator = draw(MEMBERSHIPS)
    entered = draw(st.none() | WINDOWS_OF_TIME) if operator == "in" else None
    return Member(draw(SLUGS), operator, draw(MAYBE_DURATIONS), entered, draw(IF_UNKNOWNS))


@st.composite
def sequences(draw: st.DrawFn) -> Sequence:
    """Rows one after the other."""
    steps = tuple(draw(SEVERAL_STEPS))
    window = of_others(draw(WINDOWS), *(step.field for step in steps))
    return Sequence(steps, draw(WITHINS), window, draw(MAYBE_STEPS), draw(IF_UNKNOWNS))


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """How rows are spread over periods."""
    pattern = draw(PATTERN_NAMES)
    periods = draw(NUMBERS_OF_PERIODS) if PATTERNS[pattern] else None
    return Pattern(draw(NAMES), pattern, draw(CALENDAR_DURATIONS), periods, draw(WHERES), draw(IF_UNKNOWNS))


BUCKETS = st.builds(lambda salt, ends, unknown: Bucket(salt, *ends, unknown), FILLED_TEXTS, PERCENTS, IF_UNKNOWNS)

LEAVES: st.SearchStrategy[Node] = st.one_of(ATTRIBUTES, BEHAVIOURS, nths(), ranks(), members(), BUCKETS, sequences(), patterns())


def _rule(root: Group, staying: list[Rank], is_deep: bool, currency: str) -> Rule:
    if not staying:
        return Rule(root, currency)
    inner = Group("and", (*staying, root)) if is_deep else root
    return Rule(Group("and", (inner, *staying)), currency)


RULES = st.builds(
    _rule,
    groups(LEAVES, DEEPEST),
    st.lists(ranks(may_stay=True), max_size=1),
    st.booleans(),
    st.sampled_from(("GBP", "JPY")),
)
"""A whole rule in a base currency, sometimes with a rank in which one stays."""
