from __future__ import annotations

import pytest

from segmentation.rules.values import Kind
from segmentation.sources import Customers, OrderLines, Orders, Products, Refunds

ALL = [Customers, Orders, OrderLines, Products, Refunds]


def flagged(relation, flag):
    return [name for name, spec in relation.specs.items() if getattr(spec, flag)]


@pytest.mark.parametrize(
    ("relation", "required"),
    [
        (Customers, ["customer_id"]),
        (Orders, ["order_id", "placed_at", "total"]),
        (OrderLines, ["order_id", "product_id", "quantity", "line_total"]),
        (Products, ["product_id", "title"]),
        (Refunds, ["amount", "at"]),
    ],
)
def test_required_columns(relation, required):
    assert flagged(relation, "required") == required


@pytest.mark.parametrize(
    ("relation", "one_of"),
    [(Customers, ()), (Orders, (("customer", "email"),)), (OrderLines, ()), (Products, ()), (Refunds, (("customer", "email"),))],
)
def test_orders_and_refunds_are_somebodys(relation, one_of):
    assert relation.one_of == one_of


@pytest.mark.parametrize(
    ("relation", "name", "key", "time", "time_of"),
    [
        (Customers, "customers", "customer_id", None, None),
        (Orders, "orders", "order_id", "placed_at", None),
        (OrderLines, "order_lines", "pk", None, "orders"),
        (Products, "products", "product_id", None, None),
        (Refunds, "refunds", "pk", "at", None),
    ],
)
def test_name_key_and_time(relation, name, key, time, time_of):
    assert (relation.name, relation.key, relation.time, relation.time_of) == (name, key, time, time_of)


def test_personal_columns():
    assert [(r.name, flagged(r, "personal")) for r in ALL] == [
        ("customers", ["email", "first_name"]),
        ("orders", ["email"]),
        ("order_lines", []),
        ("products", []),
        ("refunds", ["email"]),
    ]


def test_restricted_columns():
    assert [(r.name, flagged(r, "restricted")) for r in ALL if flagged(r, "restricted")] == [
        ("customers", ["birth_date", "gender", "city"])
    ]


def test_only_what_changes_later_is_current_in_dated_relations():
    assert flagged(Orders, "current") == ["refunded", "status"]
    assert [r.name for r in ALL if r.always_current] == ["customers", "products"]


@pytest.mark.parametrize("relation", ALL)
def test_keys_are_text(relation):
    assert {relation.specs[name].kind for name in flagged(relation, "key")} == {Kind.TEXT}


@pytest.mark.parametrize("relation", ALL)
def test_key_and_time_are_columns(relation):
    assert relation.key == "pk" or relation.specs[relation.key].key
    assert relation.time is None or relation.specs[relation.time].kind is Kind.TIME
