"""Rows of a relation out of the shop's database: one query, whatever the columns are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from operator import attrgetter
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
        queryset = queryset.alias(**{alias: _expression(self.column, queryset)})
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
    # DISTINCT ON keeps the first row of the shop's order; everything else is quicker without one.
    if not queryset.query.distinct_fields:
        queryset = queryset.order_by()
    aliases = {column.name: f"regulars_{number}" for number, column in enumerate(columns) if not column.is_callable}
    express = _as_float if floats else _expression
    asked = {aliases[column.name]: express(column, queryset) for column in columns if column.name in aliases}
    queryset = queryset.annotate(**asked)
    instances = len(aliases) < len(columns)
    rows = _from_instances(queryset, columns, aliases) if instances else _from_values(queryset, list(aliases.values()))
    times = [(place, column) for place, column in enumerate(columns) if column.kind is Kind.TIME]
    iterator = rows(chunk_size, limit)
    while chunk := list(islice(iterator, chunk_size)):
        for place, column in times:
            _refuse_naive(column, (row[place] for row in chunk))
        yield _shaped(columns, chunk)


def _expression(column: ResolvedColumn, queryset: QuerySet[Any, Any]) -> Any:
    value = column.value
    if isinstance(value, tuple):
        return place_of(value)
    if isinstance(value, str):
        return texts_at(queryset.model, value) if column.is_many else F(value)
    return value


def _as_float(column: ResolvedColumn, queryset: QuerySet[Any, Any]) -> Any:
    has_decimals = column.kind in (Kind.MONEY, Kind.NUMBER) and column.scale > 0 and not column.minor_units
    expression = _expression(column, queryset)
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
    # DISTINCT compares what is selected: without the key, equal lines of two orders would become one.
    distinct = queryset.query.distinct and not queryset.query.distinct_fields
    extra = ["pk"] if distinct or not aliases else []
    width = len(aliases)

    def rows(chunk_size: int, limit: int | None) -> Iterator[Row]:
        values = queryset.prefetch_related(None).values_list(*aliases, *extra)[:limit].iterator(chunk_size)
        return (row[:width] for row in values) if extra else iter(values)

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
