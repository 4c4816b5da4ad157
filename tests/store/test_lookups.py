from __future__ import annotations

from uuid import UUID

import pytest
from django.db.models import F, Value

from segmentation.sources import Orders, Products
from segmentation.store.lookups import holdable
from shopdemo.shop.models import Product
from tests.sources.zoo.models import Animal, Keeper
from tests.sources.zoo.source import Park, Zoo

VALUES = [7, "7", "C-1", "", 10**30, "9" * 30, 1.5, [1], None]


@pytest.mark.parametrize(
    ("relation", "column", "expected"),
    [
        (Products(Product.objects.all(), product_id="pk", title="title"), "product_id", [7, "7", 1.5, None]),
        (Products(Product.objects.all(), product_id="code", title="title"), "product_id", VALUES),
        (Products(Animal.objects.all(), product_id=F("pk") + Value(0), title="title"), "product_id", [7, "7", 1.5, None]),
        (Zoo.visits, "customer", [7, 10**30, None]),  # a UUID is a number too
    ],
    ids=["number", "text", "expression", "foreign key to a UUID"],
)
def test_only_what_the_field_can_hold_is_looked_up(relation, column, expected):
    assert holdable(relation, column, VALUES) == expected


def test_uuids_in_any_spelling():
    key = UUID(int=10)

    assert holdable(Zoo.customers, "customer_id", [key, str(key), key.hex, "x"]) == [key, str(key), key.hex]


def test_where_it_cannot_be_told_all_are_looked_up_that_a_database_takes():
    called = Orders(Keeper.objects.all(), order_id=lambda keeper: "1", customer="pk", placed_at="joined", total="pk")

    for relation, column in [(called, "order_id"), (Park.relations["events"], "customer")]:
        assert holdable(relation, column, VALUES) == [value for value in VALUES if value != 10**30]
