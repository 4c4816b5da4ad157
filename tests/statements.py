"""What statements did, whatever the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

READS = ("SELECT", "DECLARE")
"""PostgreSQL reads much through a cursor that it declares."""


def only_reads(queries: Iterable[dict[str, Any]]) -> bool:
    """Whether nothing was written."""
    return all(query["sql"].startswith(READS) for query in queries)


def verbs(queries: Iterable[dict[str, Any]]) -> Counter[str]:
    """How often each first word came; every way of reading is a SELECT."""
    words = (query["sql"].split()[0] for query in queries)
    return Counter("SELECT" if word in READS else word for word in words)


@contextmanager
def reading(times: int) -> Iterator[None]:
    """So many reads and no write; savepoints, which a page has on PostgreSQL inside a test's transaction alone, do not count."""
    with CaptureQueriesContext(connection) as captured:
        yield
    done = verbs(captured.captured_queries)
    found = {verb: count for verb, count in done.items() if verb not in ("SAVEPOINT", "RELEASE")}
    assert found == ({"SELECT": times} if times else {})
