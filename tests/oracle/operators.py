"""One table of operators by kind, and how a known or missing value is compared with a rule's value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .date_operators import DATE_OPERATORS
from .geo import within_km
from .kleene import Truth
from .moments import Clock
from .numbers import number
from .text import fold
from .time_operators import TIME_OPERATORS

Compare = Callable[[Any, Any, Clock], bool]


def folded(values: list[str]) -> list[str]:
    return [fold(each) for each in values]


def numbers(values: list[Any]) -> list[Any]:
    return [number(each) for each in values]


TEXT_OPERATORS: dict[str, Compare] = {
    "=": lambda known, value, clock: known == fold(value),
    "!=": lambda known, value, clock: known != fold(value),
    "in": lambda known, value, clock: known in folded(value),
    "not_in": lambda known, value, clock: known not in folded(value),
    "contains": lambda known, value, clock: fold(value) in known,
    "not_contains": lambda known, value, clock: fold(value) not in known,
    "starts_with": lambda known, value, clock: known.startswith(fold(value)),
    "ends_with": lambda known, value, clock: known.endswith(fold(value)),
}

NUMBER_OPERATORS: dict[str, Compare] = {
    "=": lambda known, value, clock: known == number(value),
    "!=": lambda known, value, clock: known != number(value),
    "<": lambda known, value, clock: known < number(value),
    "<=": lambda known, value, clock: known <= number(value),
    ">": lambda known, value, clock: known > number(value),
    ">=": lambda known, value, clock: known >= number(value),
    "between": lambda known, value, clock: number(value[0]) <= known <= number(value[1]),
    "in": lambda known, value, clock: known in numbers(value),
}

BOOLEAN_OPERATORS: dict[str, Compare] = {"is": lambda known, value, clock: known is value}


def holds_size(known: frozenset[str], value: Mapping[str, Any], clock: Clock) -> bool:
    return NUMBER_OPERATORS[value["operator"]](number(len(known)), value["value"], clock)


SET_OPERATORS: dict[str, Compare] = {
    "has_any": lambda known, value, clock: any(each in known for each in folded(value)),
    "has_all": lambda known, value, clock: all(each in known for each in folded(value)),
    "has_none": lambda known, value, clock: not any(each in known for each in folded(value)),
    "size": holds_size,
}

GEO_OPERATORS: dict[str, Compare] = {"within_km": lambda known, value, clock: within_km(known, value)}

OPERATORS: Mapping[str, Mapping[str, Compare]] = {
    "text": TEXT_OPERATORS,
    "number": NUMBER_OPERATORS,
    "money": NUMBER_OPERATORS,
    "boolean": BOOLEAN_OPERATORS,
    "date": DATE_OPERATORS,
    "time": TIME_OPERATORS,
    "set": SET_OPERATORS,
    "geo": GEO_OPERATORS,
}


def compare(kind: str, known: Any, test: Mapping[str, Any], clock: Clock) -> Truth:
    """The truth of a test (`operator`, `value`) of a value of that kind, already entered; None is a missing value.

    is_set and is_not_set are never unknown; every other operator is unknown without a value.
    Raises KeyError for an operator that the kind has not.
    """
    operator = test["operator"]
    if operator == "is_set":
        return known is not None
    if operator == "is_not_set":
        return known is None
    asked = OPERATORS[kind][operator]
    return None if known is None else asked(known, test["value"], clock)
