"""One moment of the shop for a reading of many relations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def snapshot(alias: str) -> Iterator[None]:
    """Whatever is read inside is of one moment, where the database can do that without making writers wait.

    PostgreSQL can. SQLite would hold its write lock, and inside somebody else's transaction (a TestCase's) the level is
    theirs: there each relation is of its own moment, and what changed in between is followed live.
    """
    connection = connections[alias]
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
