"""Which columns of its own a shop elsewhere may push in `extra`: those that its source asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import F
from django.db.models.fields.json import KeyTransform

from segmentation.sources.base import ShopSource
from segmentation.sources.relation import Relation
from segmentation.sources.stored.shapes import EXTRA, shape_of

Names = frozenset[str] | None
"""None is any name."""


class Extras(NamedTuple):
    """Names that `extra` may have, of a row and of its lines."""

    row: Names = None
    line: Names = None


EVERYTHING = Extras()


def is_read(source: ShopSource, relation: str) -> bool:
    """Whether the source reads rows that are pushed to a relation; SourceError for one that no rows can be pushed to."""
    model = shape_of(relation).model
    return any(part.model is model for part in _parts(source, relation))


def extras_of(source: ShopSource, relation: str) -> Extras:
    """What the source's columns ask for: `Column(KT("extra__tier"))` declares "tier"; a column that is a function, its own name.

    SourceError for a relation that no rows can be pushed to.
    """
    shape = shape_of(relation)
    row = {name for part in _parts(source, relation) for name in _asked(part, EXTRA)}
    if shape.lines is None:
        return Extras(frozenset(row), frozenset())
    lines = _parts(source, shape.lines.relation.name)
    row |= {name for part in lines for name in _asked(part, f"{shape.lines.parent}__{EXTRA}")}
    return Extras(frozenset(row), frozenset(name for part in lines for name in _asked(part, EXTRA)))


def _parts(source: ShopSource, relation: str) -> list[Relation]:
    found = source.relations.get(relation)
    return list(found.parts.values()) if found else []


def _asked(relation: Relation, root: str) -> Iterator[str]:
    for name, column in relation.columns.items():
        if column.is_callable and name not in relation.specs and root == EXTRA:
            yield name
        yield from _keys(column.value, f"{root}__")


def _keys(value: Any, root: str) -> Iterator[str]:
    """The keys below the JSON column that an expression begins at."""
    if isinstance(value, tuple):
        for each in value:
            yield from _keys(each, root)
    elif isinstance(value, str | F | KeyTransform):
        path = _path(value)
        if path.startswith(root):
            yield path.removeprefix(root).split("__")[0]
    elif hasattr(value, "get_source_expressions"):
        for each in value.get_source_expressions():
            yield from _keys(each, root)


def _path(value: Any) -> str:
    """As an ORM path: KT("extra__tier") is made of a name and keys, one in another."""
    if isinstance(value, str):
        return value
    if isinstance(value, F):
        name: str = value.name  # type: ignore[attr-defined]
        return name
    return f"{_path(value.get_source_expressions()[0])}__{value.key_name}"
