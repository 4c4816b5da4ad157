"""Several workers at once, on a database that lets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections


@pytest.fixture(autouse=True)
def postgresql() -> None:
    """These tests prove nothing anywhere else, so they fail there."""
    if connection.vendor != "postgresql":
        pytest.fail(f"races need PostgreSQL, not {connection.vendor}: set DATABASE_URL")


@pytest.fixture
def workers() -> Iterator[Callable[..., Future]]:
    """`workers(function, …)` runs in a thread with a database connection of its own."""

    def run(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        try:
            return function(*arguments, **options)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        yield lambda function, *arguments, **options: pool.submit(run, function, *arguments, **options)
