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


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: its name in JSON, its spelling in text, the kinds that have it, the shape of its value."""

    name: str
    text: str
    kinds: frozenset[Kind]
    shape: Shape


_TEXT = frozenset({Kind.TEXT})
_NUMBERS = frozenset({Kind.NUMBER, Kind.MONEY})
_MOMENTS = frozenset({Kind.DATE, Kind.TIME})
_EVERY = frozenset(Kind)

OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator("=", "=", _TEXT | _NUMBERS, Shape.ONE),
        Operator("!=", "!=", _TEXT | _NUMBERS, Shape.ONE),
        Operator("in", "in", _TEXT | _NUMBERS, Shape.MANY),
        Operator("not_in", "not in", _TEXT, Shape.MANY),
        Operator("contains", "contains", _TEXT, Shape.ONE),
        Operator("not_contains", "not contains", _TEXT, Shape.ONE),
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
        Operator("not_last", "not last", _MOMENTS, Shape.DURATION),
        Operator("next", "next", _MOMENTS, Shape.DURATION),
        Operator("anniversary_next", "anniversary next", _MOMENTS, Shape.DURATION),
        Operator("this", "this", _MOMENTS, Shape.PERIOD),
        Operator("previous", "previous", _MOMENTS, Shape.PERIOD),
        Operator("month_is", "month is", _MOMENTS, Shape.ONE_OR_MANY),
        Operator("weekday_is", "weekday is", _MOMENTS, Shape.ONE_OR_MANY),
        Operator("is_set", "is set", _EVERY, Shape.NOTHING),
        Operator("is_not_set", "is not set", _EVERY, Shape.NOTHING),
    )
}

MEASURES = ("count", "sum", "avg", "min", "max")
"""Measures over the matching rows of a relation. All but `count` need a column (`of`)."""

UNITS = ("minute", "hour", "day", "week", "month", "year")
"""Units of a duration. Minutes and hours elapse; days and longer begin and end at midnight."""

PERIODS = ("day", "week", "month", "quarter", "year")
"""Words that `this` and `previous` take."""

IF_UNKNOWN = ("unknown", "no", "yes")
"""What a leaf whose truth is unknown counts as; the first is the default."""

LONGEST_DURATION = 100_000
"""The most units a duration may have."""

NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*", re.ASCII)
"""How facts, relations and columns are called; the grammar reads the same."""

WORDS = frozenset({"all", "any", "between", "last", "not", "since", "where"})
"""Words of the language that may stand where a name may stand, and so are none."""

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
