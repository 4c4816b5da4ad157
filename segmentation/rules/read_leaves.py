"""Leaves of a stored rule. A kind of leaf is a function and a line in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from segmentation.rules.limits import MAX_DEPTH, MAX_NTH, MAX_PERIODS, MAX_STEPS, MIN_STEPS
from segmentation.rules.read_groups import Place, is_group, read_group, read_tests, read_where
from segmentation.rules.read_values import read_comparison, read_duration
from segmentation.rules.read_windows import read_window
from segmentation.rules.reader import Reader, shown
from segmentation.rules.tree import (
    Attribute,
    Behaviour,
    Bucket,
    Duration,
    Leaf,
    Member,
    Node,
    Nth,
    Pattern,
    Rank,
    Sequence,
    SinceLast,
    Step,
)
from segmentation.rules.values import (
    CALENDAR_UNITS,
    ELAPSING_UNITS,
    IF_UNKNOWN,
    MEASURES,
    PATTERNS,
    RANKS,
    SLUG,
    read_number,
)

_MEMBERSHIPS = ("in", "not_in")
_STAYING = ("leave_at", "min_stay")
_OF_ROWS = ("of", "where", "window")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a kind of leaf may hold, and how it is read."""

    keys: tuple[str, ...]
    read: Callable[[Reader, Mapping[str, Any], str], Leaf | None]


def read_node(reader: Reader, data: object, place: Place) -> Node | None:
    """A group or a leaf outside `where`."""
    path = place.path
    if not isinstance(data, Mapping):
        return reader.wrong(path, "a condition must be an object")
    if is_group(data):
        return read_group(reader, data, place, member=read_node, limit=MAX_DEPTH)
    reader.leaves += 1
    name = data.get("kind")
    if name is None:
        return reader.wrong(path, "the condition has no kind")
    kind = _KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        return reader.wrong(f"{path}/kind", "unknown kind of condition %(kind)s", kind=shown(name))
    reader.keys(data, path, ("kind", *kind.keys, "if_unknown"))
    leaf = kind.read(reader, data, path)
    if not place.plain:
        _refuse_staying(reader, data, path, kind)
    unknown = data.get("if_unknown")
    if unknown is None:
        return leaf
    answer = reader.choice(unknown, f"{path}/if_unknown", IF_UNKNOWN, "if_unknown")
    return replace(leaf, if_unknown=answer) if leaf and answer else None


def _refuse_staying(reader: Reader, data: Mapping[str, Any], path: str, kind: _Kind) -> None:
    for key in _STAYING:
        if key in kind.keys and data.get(key) is not None:
            reader.wrong(f"{path}/{key}", "%(key)s may stand only where no `or`, `not` or `at_least` is above it", key=key)


def _attribute(reader: Reader, data: Mapping[str, Any], path: str) -> Leaf | None:
    field = reader.name(data, "field", path)
    operator, value = read_comparison(reader, data, path)
    return Attribute(field, operator, value) if field and operator else None


def _behaviour(reader: Reader, data: Mapping[str, Any], path: str) -> Leaf | None:
    field = reader.name(data, "field", path)
    measure, of = _measure(reader, data, path)
    operator, value = read_comparison(reader, data, path)
    where = read_where(reader, data, "where", path)
    window = read_window(reader, data.get("window"), f"{path}/window", own=(field,))
    if not (field and measure and operator):
        return None
    return Behaviour(field, measure, operator, value, of, where, window)


def _measure(reader: Reader, data: Mapping[str, Any], path: str) -> tuple[str | None, str | None]:
    """A measure and its column, if it has one."""
    name = reader.choice(data.get("measure"), f"{path}/measure", MEASURES, "measure")
    of = None if data.get("of") is None else reader.name(data, "of", path)
    if name is None:
        return None, of
    measure = MEASURES[name]
    if data.get("of") is None and measure.must_have:
        reader.wrong(f"{path}/of", "%(measure)s needs a column: what is it of?", measure=name)
    if data.get("of") is not None and not measure.kinds:
        reader.wrong(f"{path}/of", "%(measure)s takes no column", measure=name)
    if measure.needs_where and data.get("where") is None:
        reader.wrong(f"{path}/where", "%(measure)s needs where: which of the rows?", measure=name)
    return name, of


def _nth(reader: Reader, data: Mapping[str, Any], path: str) -> Leaf | None:
    field = reader.name(data, "field", path)
    which = data.get("which")
    if type(which) is int:
        which = reader.whole(data, "which", path, 1, MAX_NTH)
    elif which not in ("first", "last"):
        template = "which must be first, last or a whole number from 1 to %(most)d"
        reader.wrong(f"{path}/which", template, most=MAX_NTH)
    where = read_where(reader, data, "where", path)
    window = read_window(reader, data.get("window"), f"{path}/window", own=(field,))
    test = read_tests(reader, data, "test", path)
    return Nth(field, which, test, where, window) if field and which and test else None


def _rank(reader: Reader, data: Mapping[str, Any], path: str) -> Leaf | None:
    field = reader.name(data, "field", path)
    measure, of = None, None
    if data.get("measure") is not None:
        measure, of = _measure(reader, data, path)
    else:
        for key in _OF_ROWS:
            if data.get(key) is not None:
                reader.wrong(f"{path}/{key}", "%(key)s needs a measure: a fact has no rows to choose from", key=key)
    where = read_where(reader, data, "where", path)
    window = read_window(reader, data.get("window"), f"{path}/window", own=(field,))
    operator = reader.choice(data.get("operator"), f"{path}/operator", RANKS, "operator")
    value = _places(reader, data, "value", path, operator)
    leave_at = None if data.get("leave_at") is None else _places(reader, data, "leave_at", path, operator)
    if value and leave_at and (read_number(leave_at) or 0) < (read_number(value) or 0):
        reader.wrong(f"{path}/leave_at", "leave_at is narrower than value: who comes in would have to leave at once")
    stay = data.get("min_stay")
    min_stay = None if stay is None else read_duration(reader, stay, f"{path}/min_stay")
    if not (field and operator and value):
        return None
    return Rank(field, operator, value, measure, of, where, window, leave_at, min_stay)


def _places(reader: Reader, data: Mapping[str, Any], key: str, path: str, operator: str | None) -> str | None:
    """How far a rank reaches: a percentage of the base, or a count of people."""
    text = reader.text(data.get(key), f"{path}/{key}")
    if text is None or operator is None:
        return None
    _, is_percentage = RANKS[operator]
    number = read_number(text)
    if is_percentage and not (number and 0 < number <= 100):
        return reader.wrong(f"{path}/{key}", "%(key)s must be a percentage above 0 and up to 100", key=key)
    if not is_percentage and not (number and number >= 1 and text.isdigit()):
        return reader.wrong(f"{path}/{key}", "%(key)s must be a whole number from 1", key=key)
    return text


def _member(reader: Reader, data: Mapping[str, Any], path: str) -> Leaf | None:
    segment = data.get("segment")
    if not isinstance(segment, str) or not SLUG.fullmatch(segment):
        reader.wrong(f"{path}/segment", "segment must name a segment: letters, digits, - and _, at most 80 of them")
    operator = reader.choice(data.get("operator"), f"{path}/operator", _MEMBERSHIPS, "operator")
    lasting = data.get("for_at_least")
    for_at_least = None if lasting is None else read_duration(reader, lasting, f"{path}/for_at_least")
    here = f"{path}/entered"
    entered = read_window(reader, data.get("entered"), here)
    if isinstance(entered, SinceLast):
        reader.wrong(f"{here}/since_last", "entered takes every window but since_last")
    if operator == "not_in" and data.get("entered") is not None:
        reader.wrong(here, "only who is in a segment has entered it")
    return Member(str(segment), operator, for_at_least, entered) if operator else None


def _bucket(reader: Reader, data: Mapping[str, Any], path: str) -> Leaf | None:
    salt = data.get("salt")
    text = reader.text(salt if isinstance(salt, str) else None, f"{path}/salt")
    if text is not None and not text.strip():
        reader.wrong(f"{path}/salt", "a bucket needs a salt: another salt draws other people")
    first = reader.whole(data, "from", path, 0, 99)
    last = reader.whole(data, "to", path, 0 if first is None else first, 99)
    return None if text is None or first is None or last is None else Bucket(text, first, last)


def _sequence(reader: Reader, data: Mapping[str, Any], path: str) -> Leaf | None:
    here = f"{path}/steps"
    given = data.get("steps")
    found = given if isinstance(given, list | tuple) else ()
    if not MIN_STEPS <= len(found) <= MAX_STEPS:
        reader.wrong(here, "a sequence has %(least)d to %(most)d steps", least=MIN_STEPS, most=MAX_STEPS)
    steps = [_step(reader, step, f"{here}/{index}") for index, step in enumerate(found)]
    within: Duration | None = None
    if data.get("within") is not None:
        within = read_duration(reader, data["within"], f"{path}/within", ELAPSING_UNITS)
    own = [step.field for step in steps if step]
    window = read_window(reader, data.get("window"), f"{path}/window", own)
    after = data.get("not_then")
    not_then = None if after is None else _step(reader, after, f"{path}/not_then")
    return Sequence(tuple(step for step in steps if step), within, window, not_then)


def _step(reader: Reader, data: object, path: str) -> Step | None:
    if not isinstance(data, Mapping):
        return reader.wrong(path, "a step must be an object")
    reader.keys(data, path, ("field", "where"))
    field = reader.name(data, "field", path)
    where = read_where(reader, data, "where", path)
    return Step(field, where) if field else None


def _pattern(reader: Reader, data: Mapping[str, Any], path: str) -> Leaf | None:
    field = reader.name(data, "field", path)
    where = read_where(reader, data, "where", path)
    pattern = reader.choice(data.get("pattern"), f"{path}/pattern", PATTERNS, "pattern")
    period = read_duration(reader, data.get("period"), f"{path}/period", CALENDAR_UNITS, least=1)
    periods: int | None = None
    if pattern and PATTERNS[pattern]:
        periods = reader.whole(data, "periods", path, 1, MAX_PERIODS)
    elif pattern and data.get("periods") is not None:
        reader.wrong(f"{path}/periods", "%(pattern)s takes no periods", pattern=pattern)
    return Pattern(field, pattern, period, periods, where) if field and pattern and period else None


_KINDS = {
    "attribute": _Kind(("field", "operator", "value"), _attribute),
    "behaviour": _Kind(("field", "measure", "of", "where", "window", "operator", "value"), _behaviour),
    "nth": _Kind(("field", "which", "where", "window", "test"), _nth),
    "rank": _Kind(("field", "measure", *_OF_ROWS, "operator", "value", *_STAYING), _rank),
    "member": _Kind(("segment", "operator", "for_at_least", "entered"), _member),
    "bucket": _Kind(("salt", "from", "to"), _bucket),
    "sequence": _Kind(("steps", "within", "window", "not_then"), _sequence),
    "pattern": _Kind(("field", "where", "pattern", "period", "periods"), _pattern),
}
