"""What a source gives, to be looked at: columns, a few rows and the number of queries they took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connections

from segmentation.conf import conf
from segmentation.errors import SourceError
from segmentation.sources.base import ShopSource
from segmentation.sources.columns import ResolvedColumn
from segmentation.sources.prefetches import most_queries
from segmentation.sources.problems import SourceProblem
from segmentation.sources.relation import Relation


@dataclass(frozen=True)
class RelationReport:
    """One relation: a few rows as texts (None where the shop has NULL) and what is wrong with it.

    `part` is the attribute's name where the relation is made of several. `queries` is measured, `expected` how many the
    queryset and what it prefetches need. `error` is why no rows could be read.
    """

    name: str
    columns: tuple[ResolvedColumn, ...]
    rows: tuple[dict[str, str | None], ...]
    queries: int
    problems: tuple[SourceProblem, ...]
    error: str = ""
    part: str = ""
    expected: int = 1

    @property
    def asks_for_each_row(self) -> bool:
        """Whether a function asks the database for what the queryset does not fetch: a query more for every row."""
        return self.queries > self.expected


def inspect(source: ShopSource, using: str | None = None, limit: int = 3) -> list[RelationReport]:
    """A report for each relation, with at most `limit` rows; raises nothing for a relation that fails."""
    return [
        _report(relation, label, using, limit) for whole in source.relations.values() for label, relation in whole.parts.items()
    ]


def _report(relation: Relation, label: str, using: str | None, limit: int) -> RelationReport:
    columns = tuple(relation.columns.values())
    counter = _Counter()
    rows: list[dict[str, str | None]] = []
    error = ""
    expected = 1
    try:
        queryset = relation.queryset()
        if any(column.is_callable for column in columns):  # other columns need no instances, and so no prefetch
            expected += most_queries(queryset)
        alias = using or queryset.db
        names = [column.name for column in columns]
        with connections[alias].execute_wrapper(counter):
            for chunk in relation.read(names, using=alias, chunk_size=limit, limit=limit):
                rows += [{column.name: _text(column, value) for column, value in zip(columns, row, strict=True)} for row in chunk]
    except SourceError as failure:
        error = str(failure)
    return RelationReport(relation.name, columns, tuple(rows), counter.count, tuple(relation.problems()), error, label, expected)


def _text(column: ResolvedColumn, value: Any) -> str | None:
    """As rules see it: minor units as whole ones, times in the shop's zone, sets and places with commas."""
    if value is None:
        return None
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if column.minor_units and isinstance(value, int):
        return str(Decimal(value).scaleb(-column.scale))
    return value.astimezone(conf.time_zone).isoformat() if isinstance(value, datetime) else str(value)


class _Counter:
    """Counts the statements that pass through a connection."""

    count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)
