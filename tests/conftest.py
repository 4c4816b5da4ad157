"""Fixtures that every room may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.translation import deactivate

from personalization.recommend.lists import memory
from segmentation.sources import ShopSource
from tests.cast import alice, bob, carol, cast, dan

__all__ = ["alice", "bob", "carol", "cast", "dan"]


@pytest.fixture
def configure(settings: Any) -> Callable[..., None]:
    """Change settings of SEGMENTATION for one test: `configure(NARROW=5)`."""

    def change(**changed: object) -> None:
        settings.SEGMENTATION = {**settings.SEGMENTATION, **changed}

    return change


@pytest.fixture(scope="session", autouse=True)
def emptied_by_delete() -> Iterator[None]:
    """After a test that commits Django empties every table, which PostgreSQL does by making a new file for each: seconds a test.

    They hold a few rows, and foreign keys are checked at commit, so that deleting them in any order does it at once.
    """
    if connection.vendor != "postgresql":
        yield
        return
    operations = type(connection.ops)
    truncating = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: list[str], *, reset_sequences: bool = False, **options: Any) -> list[str]:
        if reset_sequences:
            flushing: list[str] = truncating(self, style, tables, reset_sequences=True, **options)
            return flushing
        return [f"DELETE FROM {self.quote_name(table)}" for table in tables]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Django leaves the language of a request's page active: no test begins with it."""
    deactivate()
    yield
    deactivate()


@pytest.fixture(autouse=True)
def content_types(request: pytest.FixtureRequest) -> None:
    """Content types are remembered by the process: a test that counts queries must not depend on who came before it."""
    asked = [name for name in ("transactional_db", "db") if name in request.fixturenames]
    if asked:
        request.getfixturevalue(asked[0])
    if asked or request.node.get_closest_marker("django_db"):
        ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture(autouse=True)
def lists() -> None:
    """Lists of recommendations are remembered by the process, and those of another test are gone from the database."""
    memory.forget()


@pytest.fixture
def use_source(configure: Callable[..., None]) -> Callable[[type[ShopSource]], ShopSource]:
    """Make a ShopSource of a test module the shop's for one test."""

    def use(source: type[ShopSource]) -> ShopSource:
        configure(SOURCE=f"{source.__module__}.{source.__qualname__}")
        return source()

    return use
