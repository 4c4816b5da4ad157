from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest

from shopdemo.loader import batches
from shopdemo.progress import Advance, silent
from shopdemo.shop.models import Category, Order, OrderLine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)


def test_rows_are_created_batch_by_batch() -> None:
    steps: list[object] = []

    @contextmanager
    def watched(label: str, total: int) -> Iterator[Advance]:
        steps.append((label, total))
        yield steps.append

    rows = (Category(name=name, slug=name) for name in "abc")
    batches.create_in_batches(Category, rows, total=3, label="categories", progress=watched)
    assert steps == [("categories", 3), 2, 1]
    assert list(Category.objects.values_list("name", flat=True)) == ["a", "b", "c"]


def test_only_the_named_columns_are_updated() -> None:
    rows = Category.objects.bulk_create(Category(name=name, slug=name) for name in "abc")
    for row in rows:
        row.name, row.slug = row.name.upper(), "lost"
    batches.update_in_batches(Category, rows, ["name"], label="categories", progress=silent)
    assert list(Category.objects.values_list("name", "slug")) == [("A", "a"), ("B", "b"), ("C", "c")]


def test_values_are_inserted_past_the_orm() -> None:
    order = Order.objects.create(number="1", total=Decimal("3.00"))
    columns = ["order_id", "product_id", "title", "quantity", "unit_price", "line_total"]
    rows = [(order.pk, None, 'PO"STAGE', number, Decimal("1.05"), Decimal("1.05") * number) for number in (1, 2, 3)]
    batches.insert_in_batches(OrderLine, columns, iter(rows), total=3, label="lines", progress=silent)
    found = OrderLine.objects.order_by("quantity").values_list(*columns)
    assert list(found) == rows


def test_no_rows_are_no_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        batches.create_in_batches(Category, [], total=0, label="", progress=silent)
        batches.update_in_batches(Category, [], ["name"], label="", progress=silent)
