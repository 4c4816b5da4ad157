"""Two conditions that were perhaps meant of one row, and may be met by two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext_noop

from segmentation.engine.lint.looked import Looked
from segmentation.errors import Problem
from segmentation.kernel.plan import (
    AfterLast,
    AnyLeaf,
    InSpans,
    Leaf,
    RowBelow,
    RowFilter,
    RowTest,
    Selection,
    Term,
)
from segmentation.rules.tree import Window

MESSAGE = gettext_noop(
    "this and the condition at %(other)s may be met by two different rows; if one row is meant, join them in one where"
)


def warnings(looked: Looked) -> Iterator[Problem]:
    """Pairs of "at least so many rows" over the same rows that ask about different columns."""
    for _, leaves in looked.together():
        for (path, one), (other, two) in combinations(leaves, 2):
            first, second = _wanted(one), _wanted(two)
            if first and second and first.rows == second.rows and first.columns.isdisjoint(second.columns):
                yield Problem(other, MESSAGE, {"other": path})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """At least one of these rows (a relation in a window), by these columns."""

    rows: tuple[str, Window | AfterLast | None]
    columns: frozenset[str]


def _wanted(leaf: AnyLeaf) -> _Wanted | None:
    match leaf:
        case Leaf(asked=Term(Selection(relation, row_filter, window), "count"), check=InSpans(spans)) if row_filter:
            if all(span.low is not None and span.high is None for span in spans):
                return _Wanted((relation, window), frozenset(_columns(row_filter)))
    return None


def _columns(row_filter: RowFilter) -> Iterator[str]:
    if isinstance(row_filter, RowTest):
        yield row_filter.column
    elif isinstance(row_filter, RowBelow):
        yield from (f"{row_filter.path}.{column}" for column in _columns(row_filter.filter))
    else:
        for part in row_filter.parts:
            yield from _columns(part)
