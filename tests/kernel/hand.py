"""Columns made by hand, and moments as people write them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction

import numpy as np

from segmentation.kernel.columns import MISSING, NO_CODE, Column, Numbers, Places, Sets, Texts
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


def sets(*values: Sequence[str] | None) -> Sets:
    """A column of sets of texts."""
    shown = list(dict.fromkeys(text for value in values for text in value or ()))
    sizes = [len(value or ()) for value in values]
    codes = [shown.index(text) for value in values for text in value or ()]
    known = np.array([value is not None for value in values], np.bool_)
    starts = np.cumsum([0, *sizes]).astype(np.int64)
    return Sets(starts, np.array(codes, np.int32), [fold(text) for text in shown], shown, known)


def places(*values: tuple[float, float] | None) -> Places:
    """A column of places."""
    found = np.array([value or (np.nan, np.nan) for value in values], np.float64).reshape(-1, 2)
    return Places(found[:, 0], found[:, 1])


def rows(
    customers: Sequence[int],
    when: Sequence[str | None] | None = None,
    parents: dict[str, Sequence[int]] | None = None,
    **columns: Column,
) -> MemoryRows:
    """Rows of a relation, called r0, r1, …; `when` must be sorted, those without a time first.

    `parents` has, by path, the row here of each row below.
    """
    moments = None if when is None else times(*when).values
    above = {path: np.array(found, np.int64) for path, found in (parents or {}).items()}
    return MemoryRows(np.array(customers, np.int32), moments, columns, "r{}".format, above)


def columns(
    size: int,
    *,
    attributes: dict[str, Column] | None = None,
    keys: Sequence[str] = (),
    visitors: Collection[int] = (),
    silent: Collection[int] = (),
    **relations: MemoryRows,
) -> MemoryColumns:
    """Columns of so many customers; these are visitors, and those did not agree to be profiled."""
    return MemoryColumns(size, all_but(visitors, size), all_but(silent, size), attributes or {}, relations, keys=keys)


def all_but(some: Collection[int], size: int) -> np.ndarray:
    """Whom a mask has but for some."""
    return ~np.isin(np.arange(size), list(some))


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
