"""Lines of pushed rows: compared and replaced as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Field

from segmentation.sources.stored.shapes import Lines

Line = tuple[Any, ...]
"""The values of a line, in the order of its fields."""


def made(lines: Lines, given: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Lines as they would be stored, in their places."""
    fields = _fields(lines)
    return [tuple(values[field.name] if field.name in values else field.get_default() for field in fields) for values in given]


def stored(lines: Lines, parents: Collection[int], using: str) -> dict[int, list[Line]]:
    """Primary key of the row above -> its lines in their places."""
    found: dict[int, list[Line]] = {}
    rows = lines.model._default_manager.using(using).filter(**{f"{lines.parent}__in": parents}).order_by("position")
    for parent, *values in rows.values_list(lines.parent, *(field.name for field in _fields(lines))):
        found.setdefault(parent, []).append(tuple(values))
    return found


def replace(lines: Lines, wanted: Mapping[int, Sequence[Line]], surplus: Collection[int]) -> None:
    """Give the rows above (by primary key) these lines. `surplus` are those that had more of them."""
    manager = lines.model._default_manager
    names = [field.name for field in _fields(lines)]
    rows = [
        lines.model(**{f"{lines.parent}_id": parent}, position=position, **dict(zip(names, line, strict=True)))
        for parent, ours in wanted.items()
        for position, line in enumerate(ours)
    ]
    manager.bulk_create(rows, update_conflicts=True, unique_fields=[lines.parent, "position"], update_fields=names)
    for parent in surplus:
        manager.filter(**{lines.parent: parent, "position__gte": len(wanted[parent])}).delete()


def _fields(lines: Lines) -> list[Field[Any, Any]]:
    """What a push gives."""
    ours = {lines.parent, "position"}
    return [field for field in lines.model._meta.concrete_fields if not field.primary_key and field.name not in ours]
