"""What a queryset prefetches: whether it exists, which Django asks only when rows are read, and how many queries it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Prefetch, QuerySet


def wrong_prefetches(queryset: QuerySet[Any, Any]) -> Iterator[str]:
    """What is wrong with each lookup of `prefetch_related` that leads nowhere; runs no query."""
    made: set[str] = set()
    for lookup in _lookups(queryset):
        wrong = _wrong(queryset.model, lookup.prefetch_through.split("__"), made)
        if wrong:
            yield f'"{lookup.prefetch_through}" does not work: {wrong}'
        made.add(lookup.prefetch_to)


def most_queries(queryset: QuerySet[Any, Any]) -> int:
    """How many queries the prefetches take at most: one a step, however many rows there are."""
    steps: set[str] = set()
    below = 0
    for lookup in _lookups(queryset):
        parts = lookup.prefetch_to.split("__")
        steps |= {"__".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
        below += most_queries(lookup.queryset) if lookup.queryset is not None else 0
    return len(steps) + below


def _lookups(queryset: QuerySet[Any, Any]) -> list[Any]:
    lookups: Sequence[Any] = queryset._prefetch_related_lookups  # type: ignore[attr-defined]
    return [lookup if isinstance(lookup, Prefetch) else Prefetch(lookup) for lookup in lookups]


def _wrong(model: type[Model] | None, parts: list[str], made: set[str]) -> str:
    """Where the way ends too early; "" where it does not, or nobody can tell without a row."""
    for depth, part in enumerate(parts, 1):
        if model is None or "__".join(parts[:depth]) in made:
            return ""
        relations = _relations(model)
        if part not in relations:
            return f'"{part}" is no relation of {model.__name__}' if _is_field(model, part) or not hasattr(model, part) else ""
        model = relations[part]
    return ""


def _relations(model: type[Model]) -> dict[str, type[Model] | None]:
    """Attribute of an instance -> the model it leads to; None for a generic one, which leads to any."""
    found: dict[str, type[Model] | None] = {}
    field: Any
    for field in model._meta.get_fields():
        name = field.get_accessor_name() if field.auto_created and not field.concrete else field.name
        if field.is_relation and name:
            found[name] = field.related_model if isinstance(field.related_model, type) else None
    return found


def _is_field(model: type[Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
