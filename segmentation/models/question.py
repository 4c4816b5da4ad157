"""A query that is asked often, each time with other values: Django puts it into SQL once, which takes it longer than the database
takes to answer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
"""Numbers of values that there is SQL for; of fewer the last is asked for again."""

MOST_VALUES = SIZES[-1]


class Slot(Expression):
    """Where a value will stand."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """A parameter that is itself, to be found among the others."""
        return "%s", (self,)


class Worded(NamedTuple):
    """The SQL for so many values, its parameters, some of them slots, and those of its columns whose values are converted."""

    size: int
    sql: str
    parameters: Sequence[Any]
    converted: Mapping[int, Any]


class Question:
    """`make` gives the queryset of `.values_list()` for any number of slots, which stand in it as values do: it looks at none.

    It must be the same queryset each time.
    """

    def __init__(self, make: Callable[[Sequence[Slot]], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._worded: dict[tuple[str, int], Worded | None] = {}

    def rows(self, connection: BaseDatabaseWrapper, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """What the queryset with these values gives; one query, and none where it could find nothing whatever they were.

        They are 1 to MOST_VALUES, as the database takes them, and may be asked for more than once. Raises what the database does.
        """
        worded = self._in_words(connection, SIZES[bisect_left(SIZES, len(values))])
        if worded is None:
            return []
        given = [*values, *repeat(values[-1], worded.size - len(values))]
        parameters = [given[one.number] if isinstance(one, Slot) else one for one in worded.parameters]
        with connection.cursor() as cursor:
            cursor.execute(worded.sql, parameters)
            rows = cursor.fetchall()
        return _converted(rows, worded.converted, connection) if worded.converted and rows else rows

    def _in_words(self, connection: BaseDatabaseWrapper, size: int) -> Worded | None:
        key = (connection.alias, size)
        if key not in self._worded:
            self._worded[key] = _worded(size, self._make([Slot(number) for number in range(size)]), connection)
        return self._worded[key]


def _worded(size: int, queryset: QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> Worded | None:
    compiler = queryset.query.get_compiler(connection.alias)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    converted = {place: column for place, column in enumerate(columns) if _converters(column, connection)}
    return Worded(size, sql, parameters, converted)


def _converters(column: Any, connection: BaseDatabaseWrapper) -> list[Callable[..., Any]]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _converted(rows: list[tuple[Any, ...]], columns: Mapping[int, Any], connection: BaseDatabaseWrapper) -> list[tuple[Any, ...]]:
    """The values as Django gives them, column by column."""
    found: list[Any] = list(zip(*rows, strict=True))
    for place, column in columns.items():
        for convert in _converters(column, connection):
            found[place] = [convert(value, column, connection) for value in found[place]]
    return list(zip(*found, strict=True))
