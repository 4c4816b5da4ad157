"""Columns made by hand, and moments as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction

import numpy as np

from segmentation.kernel.columns import MISSING, NO_CODE, Column, Numbers, Texts
from segmentation.kernel.moments import Calendar, seconds
from segmentation.kernel.plan import Branch, InSpans, Leaf, Plan, Selection, Span, Term, Words
from segmentation.rules.tree import Window
from segmentation.rules.values import fold
from segmentation.store.memory import MemoryColumns, MemoryRows

LONDON = Calendar("Europe/London")


def at(text: str) -> datetime:
    """An aware moment; UTC unless the text says otherwise."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def iso(second: int) -> str:
    """A second since 1970 as UTC writes it."""
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def numbers(*values: int | None) -> Numbers:
    """A column of scaled integers."""
    return Numbers(np.array([MISSING if value is None else value for value in values], np.int64))


def times(*texts: str | None) -> Numbers:
    """A column of moments."""
    return numbers(*(None if text is None else seconds(at(text)) for text in texts))


def dates(calendar: Calendar, *texts: str | None) -> Numbers:
    """A column of pure dates, each the midnight of its day."""
    return numbers(*(None if text is None else calendar.midnight(date.fromisoformat(text)) for text in texts))


def texts(*values: str | None) -> Texts:
    """A column of dictionary-coded text."""
    shown = list(dict.fromkeys(value for value in values if value is not None))
    codes = [NO_CODE if value is None else shown.index(value) for value in values]
    return Texts(np.array(codes, np.int32), [fold(text) for text in shown], shown)


def rows(customers: Sequence[int], when: Sequence[str | None] | None = None, **columns: Column) -> MemoryRows:
    """Rows of a relation, called r0, r1, …; `when` must be sorted, those without a time first."""
    moments = None if when is None else times(*when).values
    return MemoryRows(np.array(customers, np.int32), moments, columns, "r{}".format)


def columns(size: int, *, attributes: dict[str, Column] | None = None, **relations: MemoryRows) -> MemoryColumns:
    """Columns of so many customers."""
    return MemoryColumns(size, attributes or {}, relations)


def at_least(limit: int | Fraction) -> InSpans:
    """The check of `>=`."""
    return InSpans((Span(low=Fraction(limit)),))


def equal(limit: int | Fraction) -> InSpans:
    """The check of `=`."""
    return InSpans((Span(Fraction(limit), Fraction(limit)),))


def word(operator: str, *values: str) -> Words:
    """A check of a text."""
    return Words(operator, tuple(map(fold, values)))


def count(relation: str = "orders", window: Window | None = None, where: object = None) -> Term:
    """The number of matching rows."""
    return Term(Selection(relation, where, window), "count")  # type: ignore[arg-type]


def plan(*parts: Branch | Leaf, calendar: Calendar = LONDON, **roots: Branch) -> Plan:
    """A plan with these parts under one `and`, known by "", or with several roots."""
    return Plan(roots or {"": Branch("and", parts)}, calendar)
