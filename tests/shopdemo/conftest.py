"""The demo's data: the file as read, a small shop and the whole one. The shops are rolled back after their module."""

from __future__ import annotations

import datetime as dt
import functools
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from shopdemo.loader import load as loading
from shopdemo.loader.invoices import DATA_FILE, Invoice, read_invoices
from shopdemo.loader.load import load
from shopdemo.shop.models import DataLoad
from shopdemo.simulation.simulate import simulate
from tests.presets.tenth import tenth

__all__ = ["tenth"]

NOW = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)


@functools.cache
def read_once(path: Path) -> list[Invoice]:
    """The file's invoices; half a million lines that live as long as the tests are nothing for the garbage collector."""
    invoices = read_invoices(path)
    gc.freeze()
    return invoices


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """The file does not change, so one reading serves all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "read_invoices", read_once)
        yield


@pytest.fixture(scope="session")
def invoices() -> list[Invoice]:
    """The whole file."""
    return read_once(DATA_FILE)


@pytest.fixture(scope="module")
def small_shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DataLoad]:
    """A shop with 400 of the invoices and everything simulated."""
    with _rolled_back(django_db_blocker):
        loaded = load(NOW, limit_invoices=400)
        simulate(NOW)
        yield loaded


@pytest.fixture(scope="module")
def full_shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DataLoad]:
    """The shop with all that is in the file; nothing simulated."""
    with _rolled_back(django_db_blocker):
        loaded = load(NOW)
        # Half a million foreign keys wait to be checked; checked now, no test's end checks them again.
        connection.check_constraints()
        yield loaded


@contextmanager
def _rolled_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
