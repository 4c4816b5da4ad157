"""Rows locked until the end of a transaction."""

from __future__ import annotations

from typing import TypeVar

from django.db import connections, models

Row = TypeVar("Row", bound=models.Model)


def locked(rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """The rows, locked against other writers but, where the database can, not against mere references to them.

    A foreign key that is checked at commit would otherwise wait for the lock, in whatever order locks were taken.
    Databases without row locks have one writer at a time.
    """
    return rows.select_for_update(no_key=connections[rows.db].features.has_select_for_no_key_update)
