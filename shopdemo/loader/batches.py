"""Writes many rows in batches, telling how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connections, router
from django.db.models import Model

from shopdemo.progress import Progress

BATCH = 5_000

M = TypeVar("M", bound=Model)


def create_in_batches(model: type[M], rows: Iterable[M], *, total: int, label: str, progress: Progress) -> None:
    """Insert `rows` (of which there are `total`) by bulk_create, keeping no more than a batch of them; no signal is sent."""
    source = iter(rows)
    with progress(label, total) as advance:
        while batch := list(islice(source, BATCH)):
            model._default_manager.bulk_create(batch)
            advance(len(batch))


def update_in_batches(model: type[M], rows: Sequence[M], fields: Sequence[str], *, label: str, progress: Progress) -> None:
    """Write `fields` of stored `rows` by an insert that updates on conflict: bulk_update takes several times as long."""
    with progress(label, len(rows)) as advance:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            model._default_manager.bulk_create(batch, update_conflicts=True, unique_fields=["id"], update_fields=fields)
            advance(len(batch))


def insert_in_batches(
    model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, total: int, label: str, progress: Progress
) -> None:
    """Insert `rows`, the values of the database's `columns`, past the ORM: bulk_create takes four times as long.

    The values go to the database driver as they are: numbers, decimals, texts and None, nothing else.
    """
    connection = connections[router.db_for_write(model)]
    write = WRITERS.get(connection.vendor, _by_executemany)
    table = connection.ops.quote_name(model._meta.db_table)
    names = [connection.ops.quote_name(column) for column in columns]
    source = iter(rows)
    with progress(label, total) as advance, connection.cursor() as cursor:
        while batch := list(islice(source, BATCH)):
            write(cursor, table, names, batch)
            advance(len(batch))


def _by_executemany(cursor: Any, table: str, columns: Sequence[str], batch: Sequence[Sequence[Any]]) -> None:
    places = ", ".join("%s" for _ in columns)
    cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", batch)


def _by_copy(cursor: Any, table: str, columns: Sequence[str], batch: Sequence[Sequence[Any]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in batch:
            copy.write_row(row)


# psycopg sends executemany's rows one by one.
WRITERS = {"postgresql": _by_copy}
