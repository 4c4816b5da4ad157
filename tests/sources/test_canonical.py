from __future__ import annotations

import pytest

from segmentation.rules.values import Kind
from segmentation.sources import CartLines, Carts, Customers, Events, OrderLines, Orders, Products, Refunds, WishlistItems
from segmentation.sources.relation import OWNERS

ALL = [Customers, Orders, OrderLines, Products, Refunds, Carts, CartLines, WishlistItems, Events]
NAMED = {relation.name: relation for relation in ALL}


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
        (Carts, ["cart_id", "updated_at"]),
        (CartLines, ["cart_id", "product_id", "quantity"]),
        (WishlistItems, ["customer", "product_id"]),
        (Events, ["kind", "at"]),
    ],
)
def test_required_columns(relation, required):
    assert flagged(relation, "required") == required


@pytest.mark.parametrize(
    ("relation", "whose"),
    [
        (Customers, ()),
        (Orders, ("customer", "email")),
        (OrderLines, ()),
        (Products, ()),
        (Refunds, ("customer", "email")),
        (Carts, ("customer", "email", "visitor")),
        (CartLines, ()),
        (WishlistItems, ("customer",)),
        (Events, ("customer", "visitor")),
    ],
)
def test_whose_rows_are(relation, whose):
    assert relation.whose == whose
    assert set(whose) <= set(OWNERS) & relation.specs.keys()


@pytest.mark.parametrize(
    ("relation", "above", "below"),
    [
        (Customers, {}, {}),
        (Orders, {}, {"lines": "order_lines"}),
        (OrderLines, {"order": ("orders", "order_id"), "product": ("products", "product_id")}, {}),
        (Products, {}, {}),
        (Refunds, {}, {}),
        (Carts, {}, {"lines": "cart_lines"}),
        (CartLines, {"cart": ("carts", "cart_id"), "product": ("products", "product_id")}, {}),
        (WishlistItems, {"product": ("products", "product_id")}, {}),
        (Events, {"product": ("products", "product_id")}, {}),
    ],
)
def test_rows_above_and_below(relation, above, below):
    assert (relation.above, relation.below) == (above, below)


@pytest.mark.parametrize("relation", ALL)
def test_a_row_above_is_named_by_its_key(relation):
    for above, column in relation.above.values():
        assert NAMED[above].key == column
        assert relation.specs[column].key


@pytest.mark.parametrize("relation", ALL)
def test_rows_below_name_the_row_above_them(relation):
    for below in relation.below.values():
        assert relation.name in {above for above, _ in NAMED[below].above.values()}


@pytest.mark.parametrize(
    ("relation", "name", "key", "time", "time_of"),
    [
        (Customers, "customers", "customer_id", None, None),
        (Orders, "orders", "order_id", "placed_at", None),
        (OrderLines, "order_lines", "pk", None, "orders"),
        (Products, "products", "product_id", None, None),
        (Refunds, "refunds", "pk", "at", None),
        (Carts, "carts", "cart_id", "updated_at", None),
        (CartLines, "cart_lines", "pk", None, "carts"),
        (WishlistItems, "wishlist_items", "pk", "added_at", None),
        (Events, "events", "pk", "at", None),
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
        ("carts", ["email"]),
        ("cart_lines", []),
        ("wishlist_items", []),
        ("events", ["query"]),
    ]


def test_restricted_columns():
    assert [(r.name, flagged(r, "restricted")) for r in ALL if flagged(r, "restricted")] == [
        ("customers", ["birth_date", "gender", "city"])
    ]


def test_only_what_changes_later_is_current_in_dated_relations():
    assert flagged(Orders, "current") == ["refunded", "status"]
    assert flagged(Carts, "current") == ["state"]
    assert [r.name for r in ALL if r.always_current] == ["customers", "products"]


@pytest.mark.parametrize("relation", ALL)
def test_keys_are_text(relation):
    assert {relation.specs[name].kind for name in flagged(relation, "key")} == {Kind.TEXT}


@pytest.mark.parametrize("relation", ALL)
def test_key_and_time_are_columns(relation):
    assert relation.key == "pk" or relation.specs[relation.key].key
    assert relation.time is None or relation.specs[relation.time].kind is Kind.TIME


def test_products_may_be_asked_for_by_key_wherever_they_are_named():
    asked = {relation.name: flagged(relation, "asked") for relation in ALL if flagged(relation, "asked")}

    assert asked.keys() == {"order_lines", "cart_lines", "wishlist_items", "events"}
    assert all(columns == ["product_id"] for columns in asked.values())


@pytest.mark.parametrize("transactional", [True, False])
def test_events_may_be_part_of_doing_business(transactional):
    events = Events(lambda: None, transactional=transactional)

    assert events.transactional is transactional
    assert events.replace(kind="kind").transactional is transactional


def test_events_are_activity_unless_the_shop_says_otherwise():
    assert Events(lambda: None).transactional is False
