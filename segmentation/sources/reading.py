"""Rows of a relation out of the shop's database: one query, whatever the columns are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast

from segmentation.errors import SourceError
from segmentation.rules.values import Kind
from segmentation.sources.columns import ResolvedColumn
from segmentation.sources.emails import folded, spellings
from segmentation.sources.places import as_place, place_of
from segmentation.sources.sets import as_list, texts_at

PIECE = 500
"""Values in one IN list: SQLite takes only so many parameters."""

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Filter:
    """Rows whose column is one of these values; the e-mail column is compared folded."""

    column: ResolvedColumn
    values: Collection[Any]

    def pieces(self) -> list[list[Any]]:
        """The values, each once, in lists short enough for one query."""
        values = list(spellings(self.values) if self.column.name == "email" else dict.fromkeys(self.values))
        return [values[start : start + PIECE] for start in range(0, len(values), PIECE)]

    def apply(self, queryset: QuerySet[Any, Any], alias: str, piece: list[Any]) -> QuerySet[Any, Any]:
        """The queryset cut down to this piece."""
        queryset = queryset.alias(**{alias: expression_of(self.column, queryset)})
        if self.column.name == "email":
            queryset = queryset.alias(**{f"{alias}_folded": folded(alias)})
            alias = f"{alias}_folded"
        return queryset.filter(**{f"{alias}__in": piece})


def read_rows(
    relation: str,
    queryset: QuerySet[Any, Any],
    columns: Sequence[ResolvedColumn],
    filters: Sequence[Filter],
    *,
    chunk_size: int,
    limit: int | None = None,
    floats: bool = False,
) -> Iterator[list[Row]]:
    """Lists of at most `chunk_size` rows with the values of `columns` in their order.

    One query for each combination of pieces of the filters, so one where every list is short. Whatever the
    shop's code or database raises comes as SourceError with the relation's name.
    """
    try:
        for combination in product(*(each.pieces() for each in filters)):
            part = queryset
            for number, (each, piece) in enumerate(zip(filters, combination, strict=True)):
                part = each.apply(part, f"regulars_where_{number}", piece)
            yield from _chunks(part, columns, chunk_size, limit, floats)
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(f"{relation} could not be read: {type(error).__name__}: {error}") from error


def _chunks(
    queryset: QuerySet[Any, Any], columns: Sequence[ResolvedColumn], chunk_size: int, limit: int | None, floats: bool
) -> Iterator[list[Row]]:
    aliases = aliases_of(columns)
    queryset = annotated(queryset, columns, floats=floats)
    instances = len(aliases) < len(columns)
    rows = _from_instances(queryset, columns, aliases) if instances else _from_values(queryset, list(aliases.values()))
    iterator = rows(chunk_size, limit)
    while chunk := list(islice(iterator, chunk_size)):
        yield checked(columns, chunk)


def aliases_of(columns: Sequence[ResolvedColumn]) -> dict[str, str]:
    """Name of a column that the database gives -> what it is called in the query."""
    return {column.name: f"regulars_{number}" for number, column in enumerate(columns) if not column.is_callable}


def annotated(queryset: QuerySet[Any, Any], columns: Sequence[ResolvedColumn], *, floats: bool = False) -> QuerySet[Any, Any]:
    """The queryset with these columns by their aliases, in no order."""
    # DISTINCT ON keeps the first row of the shop's order; everything else is quicker without one.
    if not queryset.query.distinct_fields:
        queryset = queryset.order_by()
    express = _as_float if floats else expression_of
    aliases = aliases_of(columns)
    asked = {aliases[column.name]: express(column, queryset) for column in columns if column.name in aliases}
    queryset = queryset.annotate(**asked)
    return queryset


def values_of(queryset: QuerySet[Any, Any], aliases: Sequence[str]) -> QuerySet[Any, Any]:
    """Rows of these values, and of others after them where rows would be lost without."""
    # DISTINCT compares what is selected: without the key, equal lines of two orders would become one.
    distinct = queryset.query.distinct and not queryset.query.distinct_fields
    extra = ["pk"] if distinct or not aliases else []
    return queryset.prefetch_related(None).values_list(*aliases, *extra)


def checked(columns: Sequence[ResolvedColumn], rows: list[Row]) -> list[Row]:
    """Rows in the one shape that each kind is read in. SourceError for times without a zone."""
    for place, column in enumerate(columns):
        if column.kind is Kind.TIME:
            _refuse_naive(column, (row[place] for row in rows))
    return _shaped(columns, rows)


def expression_of(column: ResolvedColumn, queryset: QuerySet[Any, Any]) -> Any:
    """What the database is to give for a column."""
    value = column.value
    if isinstance(value, tuple):
        return place_of(value)
    if isinstance(value, str):
        return texts_at(queryset.model, value) if column.is_many else F(value)
    return value


def _as_float(column: ResolvedColumn, queryset: QuerySet[Any, Any]) -> Any:
    has_decimals = column.kind in (Kind.MONEY, Kind.NUMBER) and column.scale > 0 and not column.minor_units
    expression = expression_of(column, queryset)
    return Cast(expression, FloatField()) if has_decimals else expression


SHAPES: Mapping[Kind, Callable[[Any], Any]] = {Kind.SET: as_list, Kind.GEO: as_place}
"""Kinds of which shops keep the values in several ways -> the one way in which they are read."""


def _shaped(columns: Sequence[ResolvedColumn], chunk: list[Row]) -> list[Row]:
    shapes = [SHAPES.get(column.kind) if not column.is_callable else None for column in columns]
    if not any(shapes):
        return chunk
    return [tuple(shape(value) if shape else value for shape, value in zip(shapes, row, strict=True)) for row in chunk]


Rows = Callable[[int, int | None], Iterator[Row]]
"""(chunk size, limit) -> rows, one by one."""


def _from_values(queryset: QuerySet[Any, Any], aliases: list[str]) -> Rows:
    width = len(aliases)

    def rows(chunk_size: int, limit: int | None) -> Iterator[Row]:
        values = values_of(queryset, aliases)[:limit].iterator(chunk_size)
        return map(itemgetter(slice(width)), values)

    return rows


def _from_instances(queryset: QuerySet[Any, Any], columns: Sequence[ResolvedColumn], aliases: dict[str, str]) -> Rows:
    getters = [attrgetter(aliases[column.name]) if column.name in aliases else _called(column) for column in columns]

    def rows(chunk_size: int, limit: int | None) -> Iterator[Row]:
        for instance in queryset[:limit].iterator(chunk_size):
            yield tuple(getter(instance) for getter in getters)

    return rows


def _called(column: ResolvedColumn) -> Callable[[Any], Any]:
    """The shop's function; what it raises names the column and the row."""
    function: Any = column.value
    shape = SHAPES.get(column.kind)

    def value(instance: Any) -> Any:
        try:
            return shape(function(instance)) if shape else function(instance)
        except Exception as error:
            place = f"{column.relation}.{column.name}"
            message = f"{place} failed for the row with key {instance.pk}: {type(error).__name__}: {error}"
            raise SourceError(message) from error

    return value


def _refuse_naive(column: ResolvedColumn, values: Iterator[Any]) -> None:
    for value in values:
        if value is None:
            continue
        place = f"{column.relation}.{column.name}"
        if not isinstance(value, datetime):
            raise SourceError(f"{place} must give a time, not a {type(value).__name__}")
        if value.utcoffset() is None:
            raise SourceError(f"{place} gives times without a zone; set USE_TZ or make the value aware")
