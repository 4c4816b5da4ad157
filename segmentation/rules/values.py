"""Kinds of facts, and the one table of operators.

Builder, validator, kernel, sentences and docs read `OPERATORS`: a new operator is a line here and its meaning in
the kernel.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo


class Kind(StrEnum):
    """What sort of value a fact has; decides its operators."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    SET = "set"
    GEO = "geo"


class Shape(StrEnum):
    """What stands in a rule's `value` under an operator."""

    NOTHING = "nothing"
    ONE = "one"
    MANY = "many"
    ONE_OR_MANY = "one or many"
    PAIR = "pair"
    YES_NO = "true or false"
    DURATION = "duration"
    PERIOD = "period"
    COMPARISON = "comparison"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: its name in JSON, its spelling in text, the kinds that have it, the shape of its value.

    A `negative` one takes in what is otherwise, so that those without a value are easily forgotten.
    """

    name: str
    text: str
    kinds: frozenset[Kind]
    shape: Shape
    negative: bool = False


_TEXT = frozenset({Kind.TEXT})
_NUMBERS = frozenset({Kind.NUMBER, Kind.MONEY})
_MOMENTS = frozenset({Kind.DATE, Kind.TIME})
_SETS = frozenset({Kind.SET})
_EVERY = frozenset(Kind)

OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator("=", "=", _TEXT | _NUMBERS, Shape.ONE),
        Operator("!=", "!=", _TEXT | _NUMBERS, Shape.ONE, negative=True),
        Operator("in", "in", _TEXT | _NUMBERS, Shape.MANY),
        Operator("not_in", "not in", _TEXT, Shape.MANY, negative=True),
        Operator("contains", "contains", _TEXT, Shape.ONE),
        Operator("not_contains", "not contains", _TEXT, Shape.ONE, negative=True),
        Operator("starts_with", "starts with", _TEXT, Shape.ONE),
        Operator("ends_with", "ends with", _TEXT, Shape.ONE),
        Operator("<", "<", _NUMBERS, Shape.ONE),
        Operator("<=", "<=", _NUMBERS, Shape.ONE),
        Operator(">", ">", _NUMBERS, Shape.ONE),
        Operator(">=", ">=", _NUMBERS, Shape.ONE),
        Operator("between", "between", _NUMBERS | _MOMENTS, Shape.PAIR),
        Operator("is", "is", frozenset({Kind.BOOLEAN}), Shape.YES_NO),
        Operator("on", "on", _MOMENTS, Shape.ONE),
        Operator("before", "before", _MOMENTS, Shape.ONE),
        Operator("after", "after", _MOMENTS, Shape.ONE),
        Operator("last", "last", _MOMENTS, Shape.DURATION),
        Operator("not_last", "not last", _MOMENTS, Shape.DURATION, negative=True),
        Operator("next", "next", _MOMENTS, Shape.DURATION),
        Operator("anniversary_next", "anniversary next", _MOMENTS, Shape.DURATION),
        Operator("this", "this", _MOMENTS, Shape.PERIOD),
        Operator("previous", "previous", _MOMENTS, Shape.PERIOD),
        Operator("month_is", "month is", _MOMENTS, Shape.ONE_OR_MANY),
        Operator("weekday_is", "weekday is", _MOMENTS, Shape.ONE_OR_MANY),
        Operator("has_any", "has any", _SETS, Shape.MANY),
        Operator("has_all", "has all", _SETS, Shape.MANY),
        Operator("has_none", "has none", _SETS, Shape.MANY, negative=True),
        Operator("size", "size", _SETS, Shape.COMPARISON),
        Operator("within_km", "within km", frozenset({Kind.GEO}), Shape.CIRCLE),
        Operator("is_set", "is set", _EVERY, Shape.NOTHING),
        Operator("is_not_set", "is not set", _EVERY, Shape.NOTHING),
    )
}


SIZES = tuple(one.name for one in OPERATORS.values() if Kind.NUMBER in one.kinds and one.shape is not Shape.NOTHING)
"""Operators under which the size of a set is asked: those of numbers that take a value."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure over rows: the kinds of column it takes (none: it takes no column), whether it must have one.

    `is_number` says that what comes out is a plain number, not one of the column's kind. `needs_where` that it means
    nothing without a `where`, `needs_time` that it asks when the rows were.
    """

    name: str
    kinds: frozenset[Kind] = frozenset()
    must_have: bool = False
    is_number: bool = True
    needs_where: bool = False
    needs_time: bool = False


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("count"),
        Measure("count_distinct", _TEXT | _NUMBERS | _MOMENTS | {Kind.BOOLEAN}, must_have=True),
        Measure("sum", _NUMBERS, must_have=True, is_number=False),
        Measure("avg", _NUMBERS, must_have=True, is_number=False),
        Measure("min", _NUMBERS | _MOMENTS, must_have=True, is_number=False),
        Measure("max", _NUMBERS | _MOMENTS, must_have=True, is_number=False),
        Measure("share", _NUMBERS, needs_where=True),
        Measure("days_between", needs_time=True),
    )
}

RANKS: dict[str, tuple[bool, bool]] = {
    "top_percent": (True, True),
    "top": (True, False),
    "bottom_percent": (False, True),
    "bottom": (False, False),
}
"""Operator of a rank -> (the greatest come first, the value is a percentage and no count)."""

PATTERNS: dict[str, bool] = {"first_time": False, "regularly": True, "stopped": True, "restarted": True}
"""Pattern -> whether it needs a number of periods."""

QUANTIFIERS = ("any", "all", "none")
"""How many of the rows below must match: at least one, each (and so also of none), not one."""

UNITS = ("minute", "hour", "day", "week", "month", "year")
"""Units of a duration. Minutes and hours elapse; days and longer begin and end at midnight."""

ELAPSING_UNITS = ("minute", "hour", "day", "week")
"""Units that always last as long: the steps of a sequence lie within so many of them."""

CALENDAR_UNITS = ("day", "week", "month", "year")
"""Units that begin at midnight: a pattern has periods of so many of them."""

PERIODS = ("day", "week", "month", "quarter", "year")
"""Words that `this` and `previous` take."""

IF_UNKNOWN = ("unknown", "no", "yes")
"""What a leaf whose truth is unknown counts as; the first is the default."""

LONGEST_DURATION = 100_000
"""The most units a duration may have."""

NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-zA-Z0-9_]*)*", re.ASCII)
"""How facts, relations and columns are called; the grammar reads the same."""

WORDS = frozenset(
    {"not", "of", *QUANTIFIERS}
    | {"top", "bottom", "bucket", "sequence", "pattern"}
    | {"where", "test", "last", "between", "since", "before", "this", "previous"}
)
"""Words of the language that may stand where a name may stand, and so are none: of groups and rows below, of leaves, of what a
measure takes. They follow from the grammar, and a test holds the two together."""

SLUG = re.compile(r"[A-Za-z0-9_-]{1,80}", re.ASCII)
"""How a segment is called by the rules of others."""

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def operators_of(kind: Kind) -> list[str]:
    """Names of the operators that facts of this kind have, in the order of the table."""
    return [operator.name for operator in OPERATORS.values() if kind in operator.kinds]


def read_number(text: str) -> Decimal | None:
    """The number a rule's value spells, or None if it spells none (at most 15 digits and 9 decimals)."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def read_moment(text: str, zone: ZoneInfo) -> date | datetime | None:
    """The date or the aware time that a rule's value spells in ISO 8601, or None if it spells neither.

    A time without an offset is in the shop's zone.
    """
    if not _MOMENT.fullmatch(text):
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def is_name(text: str) -> bool:
    """Whether a text can name a fact, so that the rule can also be written as text."""
    return NAME.fullmatch(text) is not None and text not in WORDS


def is_clean(text: str) -> bool:
    """Whether a text is free of control, surrogate and text-direction characters, which only deceive in a rule.

    White space is harmless: it is trimmed, or part of what a shop wrote.
    """
    return not any(
        (unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n\r") or character in _BIDI_CONTROLS
        for character in text
    )


def fold(text: str) -> str:
    """The form in which text is compared: NFC, casefolded, trimmed. "" means no value.

    Casefolding can leave decomposed characters behind, so it is composed again.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).strip()
