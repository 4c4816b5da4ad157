"""Columns that are a set of texts: the words at the end of a path to many rows as one list a row, in the same query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Aggregate, Field, JSONField, Model, OuterRef, Subquery

from segmentation.sources.fields import field_of


class _JsonList(Aggregate):
    """All values of a group as a JSON list; every database has it under a name of its own."""

    function = "JSON_ARRAYAGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSONB_AGG", **context)


class _Texts(JSONField):
    """A list of values of another field, as texts; no list is an empty one."""

    def __init__(self, of: Field[Any, Any]) -> None:
        super().__init__()
        self._of = of

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[str]:
        return [] if value is None else [str(self._of.to_python(each)) for each in json.loads(value)]


def texts_at(model: type[Model], path: str) -> Subquery:
    """The values at the end of a path to many rows, as a list for each row of the model: empty where it has none."""
    rows = model._base_manager.order_by().filter(**{"pk": OuterRef("pk"), f"{path}__isnull": False})
    lists = rows.values("pk").annotate(regulars_list=_JsonList(path)).values("regulars_list")
    return Subquery(lists, output_field=_Texts(field_of(model._base_manager.all(), path)))


def as_list(value: Any) -> Any:
    """What a shop gives as a set, as a list; what is none comes back as it is, to be counted as a fault of its row."""
    is_many = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    return list(value) if is_many else value
