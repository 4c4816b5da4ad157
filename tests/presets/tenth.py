"""A tenth of a real gift shop's year: every tenth customer with all that she bought and sent back, and every tenth guest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F
from pyarrow import compute, parquet
from pytest_django import DjangoDbBlocker

from shopdemo.loader.invoices import DATA_FILE
from shopdemo.loader.load import load
from shopdemo.shop.models import DataLoad, Order
from shopdemo.simulation.simulate import simulate

NOW = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def tenth(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DataLoad]:
    """The shop with a tenth of the file, what is simulated, and coupons, of which the file has none; rolled back at the end."""
    path = tmp_path_factory.mktemp("tenth") / "tenth.parquet"
    _write_tenth(path)
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = load(NOW, path=path)
        simulate(NOW)
        Order.objects.annotate(turn=F("pk") % 3).filter(turn=0).update(coupon_code="SPRING")
        yield loaded
        transaction.set_rollback(True)


def _write_tenth(path: Path) -> None:
    table = parquet.read_table(DATA_FILE)
    customers = compute.cast(table["CustomerID"], "int64")
    is_tenth = compute.equal(customers, compute.multiply(compute.divide(customers, 10), 10))
    of_nobody = compute.ends_with(table["InvoiceNo"], "0")
    parquet.write_table(table.filter(compute.coalesce(is_tenth, of_nobody)), path)
