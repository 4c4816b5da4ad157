"""Rows of activity into their table, each with the key that it got: the one write that every visitor waits for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec
from django.db import connections

from segmentation.models import Activity


def insert(rows: Sequence[Activity], alias: str) -> None:
    """All of them, in their order, or none: raises IntegrityError where the uid of one is there already.

    On PostgreSQL the rows go as one JSON text, which the database reads. As parameters of their own, one for each column of each
    row, as `bulk_create` has them, they take as much work as all else that is done to record them.
    """
    connection = connections[alias]
    if connection.vendor != "postgresql":
        Activity.objects.using(alias).bulk_create(rows)
        return
    names = _columns()
    text = msgspec.json.encode([{name: getattr(row, name) for name in names} for row in rows]).decode()
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [text])
        keys = dict(cursor.fetchall())
    for row in rows:
        row.pk = keys[row.uid]
        row._state.adding, row._state.db = False, alias


@cache
def _columns() -> tuple[str, ...]:
    return tuple(field.attname for field in Activity._meta.concrete_fields if not field.primary_key)


@cache
def _statement() -> str:
    table = Activity._meta.db_table
    columns = ", ".join(f'"{name}"' for name in _columns())
    return (
        f'INSERT INTO "{table}" ({columns}) '
        f'SELECT {columns} FROM json_populate_recordset(NULL::"{table}", %s::json) RETURNING "uid", "id"'
    )
