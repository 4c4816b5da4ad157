"""One pushed row made fit to be stored, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext as _

from segmentation.rules.values import Kind
from segmentation.sources.columns import ColumnSpec
from segmentation.sources.names import close_name
from segmentation.sources.stored.extras import EVERYTHING, Extras, Names
from segmentation.sources.stored.shapes import EXTRA, LINES, Shape, shape_of
from segmentation.sources.stored.values import (
    Wrong,
    read_boolean,
    read_currency,
    read_date,
    read_decimal,
    read_email,
    read_extra,
    read_positive,
    read_text,
    read_time,
)

MOST_LINES = 10_000
"""Lines of one row; more of them is a mistake, or an attempt to fill our memory."""


class Fault(NamedTuple):
    """What is wrong with a column of a row. `steps` lead to it: ("total",), ("lines", 2, "quantity"); () is the whole row."""

    steps: tuple[str | int, ...]
    message: str

    @property
    def column(self) -> str:
        """As a person reads it: "total", or "lines[2].quantity"; "" is the whole row."""
        names = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps)
        return "".join(names).removeprefix(".")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A row fit to be stored: only the columns that were given. `lines` is None where none were."""

    key: tuple[Any, ...]
    values: Mapping[str, Any]
    lines: tuple[Mapping[str, Any], ...] | None = None


def clean(relation: str, row: object, extras: Extras = EVERYTHING) -> tuple[Cleaned | None, list[Fault]]:
    """The row ready to be stored and nothing else, or None and all that is wrong.

    `extras` are the names that `extra` may have. SourceError for a relation that no rows can be pushed to.
    """
    shape = shape_of(relation)
    if not isinstance(row, Mapping):
        return None, [Fault((), _("is no row: a row is an object of columns"))]
    given = dict(row)
    lines, faults = _lines(shape, given.pop(LINES, None), extras.line) if shape.lines else (None, [])
    values, found = _values(shape.model, shape.columns, given, extras.row, shape.stamped)
    faults = [*found, *_nobodys(shape, given), *faults]
    if faults:
        return None, faults
    return Cleaned(tuple(values[name] for name in shape.key), values, lines), []


def _lines(shape: Shape, given: object, extras: Names) -> tuple[tuple[Mapping[str, Any], ...] | None, list[Fault]]:
    if given is None or shape.lines is None:
        return None, []
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MOST_LINES:
        return None, [Fault((LINES,), _("is no list of at most %(most)s lines") % {"most": f"{MOST_LINES:,}"})]
    columns = shape.lines.columns
    lines: list[Mapping[str, Any]] = []
    faults: list[Fault] = []
    for place, line in enumerate(given):
        if not isinstance(line, Mapping):
            faults.append(Fault((LINES, place), _("is no line: a line is an object of columns")))
            continue
        values, found = _values(shape.lines.model, columns, line, extras)
        faults += [Fault((LINES, place, *fault.steps), fault.message) for fault in found]
        lines.append(values)
    return tuple(lines), faults


def _values(
    model: type[models.Model],
    columns: Mapping[str, ColumnSpec],
    given: Mapping[Any, Any],
    extras: Names,
    optional: frozenset[str] = frozenset(),
) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = [Fault((str(name),), _unknown(str(name), columns)) for name in given if name not in columns and name != EXTRA]
    for name, spec in columns.items():
        value = _blank_is_none(given.get(name))
        required = spec.required and name not in optional
        if not required and (name not in given or (name in optional and value is None)):
            continue
        try:
            values[name] = _value(model._meta.get_field(name), spec, value, required)
        except Wrong as error:
            faults.append(Fault((name,), str(error)))
    if EXTRA in given:
        try:
            values[EXTRA] = read_extra(given[EXTRA])
        except Wrong as error:
            faults.append(Fault((EXTRA,), str(error)))
        else:
            undeclared = [] if extras is None else [name for name in values[EXTRA] if name not in extras]
            faults += [Fault((EXTRA, name), _("is asked by no column of the shop's source")) for name in undeclared]
    return values, faults


def _unknown(name: str, columns: Mapping[str, ColumnSpec]) -> str:
    close = close_name(name, columns)
    if close:
        return _("is no column here; did you mean “%(close)s”?") % {"close": close}
    return _("is no column here; what only your shop has goes into “extra”")


def _nobodys(shape: Shape, given: Mapping[Any, Any]) -> list[Fault]:
    """A row may be nobody's, but whoever pushes it must say so: a column that was forgotten looks the same."""
    whose = shape.relation.whose
    if not whose or any(name in given or shape.columns[name].required for name in whose):
        return []
    return [Fault((whose[0],), _("is missing: give one of %(columns)s, if only as null") % {"columns": ", ".join(whose)})]


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _value(field: Any, spec: ColumnSpec, value: object, required: bool) -> Any:
    if value is None:
        if required:
            raise Wrong(_("is required"))
        return "" if spec.kind is Kind.TEXT else None
    read = _NAMED.get(field.name) or _READERS[spec.kind]
    found = read(value)
    if field.max_length and len(found) > field.max_length:
        raise Wrong(_("is longer than %(most)d characters") % {"most": field.max_length})
    return found


_READERS: Mapping[Kind, Callable[[object], Any]] = {
    Kind.TEXT: read_text,
    Kind.NUMBER: read_decimal,
    Kind.MONEY: read_decimal,
    Kind.BOOLEAN: read_boolean,
    Kind.DATE: read_date,
    Kind.TIME: read_time,
}

_NAMED: Mapping[str, Callable[[object], Any]] = {
    "currency": read_currency,
    "email": read_email,
    "total": read_positive,
    "refunded": read_positive,
    "amount": read_positive,
}
"""Columns that are more than their kind."""
