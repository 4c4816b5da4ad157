"""Operators and their values in a stored rule. A shape of value is a function and a line in the table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from segmentation.rules.reader import Reader
from segmentation.rules.tree import Circle, Comparison, Duration, Value
from segmentation.rules.values import LONGEST_DURATION, OPERATORS, PERIODS, SIZES, UNITS, Shape, read_number

_ABSENT = object()
_NEED_TEXT = ("contains", "not_contains", "starts_with", "ends_with")
_DEGREES = {"lat": 90, "lon": 180}


def read_comparison(reader: Reader, data: Mapping[str, Any], path: str) -> tuple[str | None, Value]:
    """The operator of a leaf or test, and the value it takes."""
    operator = reader.choice(data.get("operator"), f"{path}/operator", OPERATORS, "operator")
    if operator is None:
        return None, None
    value = data.get("value", _ABSENT)
    here = f"{path}/value"
    shape = OPERATORS[operator].shape
    if shape is Shape.NOTHING:
        if value not in (_ABSENT, None):
            reader.wrong(here, "%(operator)s takes no value", operator=operator)
        return operator, None
    if value is _ABSENT or value is None:
        reader.wrong(here, "%(operator)s needs a value", operator=operator)
        return operator, None
    read = _SHAPES[shape](reader, value, here)
    if operator in _NEED_TEXT and isinstance(read, str) and not read.strip():
        reader.wrong(here, "%(operator)s needs a text that is not empty", operator=operator)
    return operator, read


def read_duration(reader: Reader, value: object, path: str, units: Collection[str] = UNITS, least: int = 0) -> Duration | None:
    """A duration of its own: `{"n": 7, "unit": "day"}`."""
    if not isinstance(value, Mapping) or set(value) != {"n", "unit"}:
        return reader.wrong(path, "a duration must have n and unit and nothing else")
    return read_units(reader, value, "n", path, units, least)


def read_units(
    reader: Reader, data: Mapping[str, Any], key: str, path: str, units: Collection[str] = UNITS, least: int = 0
) -> Duration | None:
    """A duration whose number stands under `key` and whose unit beside it."""
    n = data[key]
    if isinstance(n, str) and n.isascii() and n.isdigit() and len(n) <= len(str(LONGEST_DURATION)):
        n = int(n)
    if type(n) is not int or not least <= n <= LONGEST_DURATION:
        template = "a duration must be a whole number from %(least)d to %(most)d"
        return reader.wrong(f"{path}/{key}", template, least=least, most=LONGEST_DURATION)
    unit = reader.choice(data["unit"], f"{path}/unit", units, "unit")
    return Duration(n, unit) if unit else None


def _pair(reader: Reader, value: object, path: str) -> Value:
    return reader.texts(value, path, exactly=2)


def _one_or_many(reader: Reader, value: object, path: str) -> Value:
    return reader.texts(value, path) if isinstance(value, list | tuple) else reader.text(value, path)


def _yes_no(reader: Reader, value: object, path: str) -> Value:
    return value if isinstance(value, bool) else reader.wrong(path, "the value must be true or false")


def _period(reader: Reader, value: object, path: str) -> Value:
    return reader.choice(value, path, PERIODS, "period")


def _size(reader: Reader, value: object, path: str) -> Value:
    if not isinstance(value, Mapping) or set(value) != {"operator", "value"}:
        return reader.wrong(path, "a size must have operator and value and nothing else")
    operator = reader.choice(value["operator"], f"{path}/operator", SIZES, "operator")
    if operator is None:
        return None
    here = f"{path}/value"
    read = _SHAPES[OPERATORS[operator].shape](reader, value["value"], here)
    if not isinstance(read, str | tuple):
        return None
    for number in (read,) if isinstance(read, str) else read:
        if read_number(number) is None:
            return reader.wrong(here, "the size of a set is a number")
    return Comparison(operator, read)


def _circle(reader: Reader, value: object, path: str) -> Value:
    if not isinstance(value, Mapping) or set(value) != {"lat", "lon", "km"}:
        return reader.wrong(path, "a place must have lat, lon and km and nothing else")
    texts = {key: reader.text(value[key], f"{path}/{key}") for key in ("lat", "lon", "km")}
    for key, most in _DEGREES.items():
        if texts[key] is not None and not _lies(texts[key], Decimal(-most), Decimal(most)):
            reader.wrong(f"{path}/{key}", "%(key)s must be a number from -%(most)d to %(most)d", key=key, most=most)
    if texts["km"] is not None and not (read_number(texts["km"]) or 0) > 0:
        reader.wrong(f"{path}/km", "km must be a number above 0")
    return Circle(*map(str, texts.values()))


def _lies(text: str | None, least: Decimal, most: Decimal) -> bool:
    number = read_number(text or "")
    return number is not None and least <= number <= most


_SHAPES: dict[Shape, Callable[[Reader, object, str], Value]] = {
    Shape.ONE: Reader.text,
    Shape.MANY: Reader.texts,
    Shape.ONE_OR_MANY: _one_or_many,
    Shape.PAIR: _pair,
    Shape.YES_NO: _yes_no,
    Shape.DURATION: read_duration,
    Shape.PERIOD: _period,
    Shape.COMPARISON: _size,
    Shape.CIRCLE: _circle,
}
