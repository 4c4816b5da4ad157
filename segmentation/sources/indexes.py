"""Which columns the shop's database looks rows up by without an index: every change of a customer reads by them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import dropwhile
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Field, Model, QuerySet, UniqueConstraint
from django.db.models.expressions import Col, OrderBy
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND

from segmentation.sources.base import ShopSource
from segmentation.sources.columns import ResolvedColumn
from segmentation.sources.relation import Relation


def unindexed(source: ShopSource) -> Iterator[tuple[ResolvedColumn, Field[Any, Any]]]:
    """Mapped columns that rows are looked up by, with their field, where it has no index; reads no row.

    Told of fields of the relation's own table alone: of an expression nobody knows what it is indexed by, and so not of
    e-mails either, which are compared folded.
    """
    for relation in source.relations.values():
        for part in relation.parts.values():
            for column in _looked_up(part):
                queryset = part.queryset()
                field = _own_field(queryset.model, column)
                if field and field.model._meta.managed and not is_indexed(field, _pinned(queryset)):
                    yield column, field


def is_indexed(field: Any, pinned: Collection[str] = ()) -> bool:
    """Whether an index that holds every row begins with the field, or with `pinned` ones, which have one value, and then it."""
    if field.unique or field.db_index:
        return True
    return any(next(dropwhile(pinned.__contains__, names), None) == field.name for names in _indexes(field.model))


def _looked_up(relation: Relation) -> Iterator[ResolvedColumn]:
    names = [*relation.owners, relation.parent[1] if relation.parent else None, relation.time_column]
    return (relation.columns[name] for name in names if name in relation.columns and name != "email")


def _own_field(model: type[Model], column: ResolvedColumn) -> Field[Any, Any] | None:
    path = _name(column.value)
    if path is None:
        return None
    try:
        found = model._meta.pk if path == "pk" else model._meta.get_field(path)
    except FieldDoesNotExist:  # an annotation, or a path to another table
        return None
    return found if isinstance(found, Field) else None


def _pinned(queryset: QuerySet[Any, Any]) -> set[str]:
    """Fields that the queryset holds to one value: `filter(shop="this one")`."""
    where = queryset.query.where
    tests: list[Any] = where.children if where.connector == AND and not where.negated else []
    return {test.lhs.target.name for test in tests if isinstance(test, Exact) and isinstance(test.lhs, Col)}


def _indexes(model: type[Model]) -> Iterator[list[str]]:
    """Names of the fields of each index without a condition, in order; "" for an expression."""
    meta = model._meta
    yield from (list(together) for together in meta.unique_together)
    unique = [constraint for constraint in meta.constraints if isinstance(constraint, UniqueConstraint)]
    for index in (*meta.indexes, *unique):
        if index.condition is None:
            expressions: Sequence[Any] = index.expressions
            yield [name.removeprefix("-") for name in index.fields] or [_bare(each) for each in expressions]


def _bare(expression: Any) -> str:
    return _name(expression.expression if isinstance(expression, OrderBy) else expression) or ""


def _name(value: object) -> str | None:
    """The path, of a path or an F."""
    path: Any = value.name if isinstance(value, F) else value  # type: ignore[attr-defined]
    return path if isinstance(path, str) else None
