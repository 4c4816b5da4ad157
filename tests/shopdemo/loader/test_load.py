from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from shopdemo.loader import load as loading
from shopdemo.loader.load import load
from shopdemo.shop.models import Category, DataLoad, Order, User
from tests.shopdemo.conftest import NOW
from tests.shopdemo.wall import wall

pytestmark = pytest.mark.django_db


def test_a_part_is_spread_over_the_year_and_ends_like_the_whole() -> None:
    loaded = load(NOW, limit_invoices=200)
    assert (loaded.counts["limit_invoices"], loaded.counts["invoices"], loaded.weeks) == (200, 200, 742)
    first, last = Order.objects.earliest("placed_at"), Order.objects.latest("placed_at")
    assert last.placed_at - first.placed_at > dt.timedelta(days=300)
    assert loaded.last_at == dt.datetime(2026, 2, 27, 12, 50, tzinfo=dt.UTC)


def test_a_load_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(loading, "write_refunds", fail)
    with pytest.raises(OSError, match="the disk is full"):
        load(NOW, limit_invoices=50)
    assert not DataLoad.objects.exists()
    assert not User.objects.exists()
    assert not Category.objects.exists()


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        load(wall("2026-03-04 00:00"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.parquet"):
        load(NOW, path=tmp_path / "nothing.parquet")
