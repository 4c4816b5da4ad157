from __future__ import annotations

import pytest
from django.db.models import F

from segmentation.errors import SourceError
from segmentation.facts import Catalogue, Fact, Family, catalogue_of
from segmentation.rules.values import Kind
from segmentation.sources import (
    CartLines,
    Carts,
    Column,
    Customers,
    Events,
    Money,
    Orders,
    Refunds,
    ShopSource,
    WishlistItems,
)
from tests.facts.shop import CATALOGUE
from tests.sources.zoo.models import Item, Keeper, Visit
from tests.sources.zoo.source import Zoo


def kinds(facts):
    """Name -> kind and scale."""
    return {name: (fact.kind.value, fact.scale) for name, fact in facts.items()}


@pytest.fixture
def zoo():
    return catalogue_of(Zoo(), "GBP")


def test_columns_of_customers_are_facts_of_the_person(zoo):
    assert kinds(zoo.attributes) == {
        "customer.birth_date": ("date", 0),
        "customer.joined_at": ("time", 0),
        "customer.accepts_email": ("boolean", 0),
        "customer.country": ("text", 0),
        "customer.age": ("number", 0),
        "customer.tenure_days": ("number", 0),
    }
    assert all(fact.name == name for name, fact in zoo.attributes.items())


def test_personal_columns_and_keys_are_no_facts(zoo):
    names = {name for name, _ in zoo}

    assert not names & {"customer.email", "customer.first_name", "customer.customer_id", "orders.order_id", "orders.customer"}
    assert not names & {"orders.email", "order_lines.order_id"}
    assert zoo.unasked == {
        "customer.customer_id": "key",
        "customer.email": "personal",
        "customer.first_name": "personal",
        "orders.order_id": "key",
        "orders.customer": "key",
        "orders.email": "personal",
        "order_lines.order_id": "key",
        "order_lines.order.order_id": "key",
        "order_lines.order.customer": "key",
        "order_lines.order.email": "personal",
        "order_lines.product.product_id": "key",
    }


def test_columns_of_relations_are_facts_of_their_rows(zoo):
    assert {name: kinds(relation.columns) for name, relation in zoo.relations.items()} == {
        "orders": {"placed_at": ("time", 0), "total": ("money", 2), "currency": ("text", 0), "status": ("text", 0)},
        "order_lines": {
            "product_id": ("text", 0),
            "quantity": ("number", 0),
            "line_total": ("money", 2),
            "order.placed_at": ("time", 0),
            "order.total": ("money", 2),
            "order.currency": ("text", 0),
            "order.status": ("text", 0),
            "product.title": ("text", 0),
            "product.price": ("money", 2),
            "product.weight": ("number", 6),
        },
        "spend": {"amount": ("money", 2), "at": ("time", 0)},
    }
    assert all(relation.name == name and relation.has_time for name, relation in zoo.relations.items())


def test_products_are_no_relation_of_their_own(zoo):
    assert "products" not in zoo.relations


def test_a_row_without_its_row_above_has_no_facts_of_it():
    class Shop(ShopSource):
        customers = Zoo.customers
        orders = Zoo.visits
        order_lines = Zoo.items
        carts = Carts(Visit.objects.all(), cart_id="number", customer="keeper", updated_at="made")
        cart_lines = CartLines(Item.objects.all(), cart_id="visit__number", product_id="animal", quantity="quantity")

    relations = catalogue_of(Shop(), "GBP").relations

    assert list(relations["order_lines"].columns) == [
        "product_id",
        "quantity",
        "line_total",
        "order.placed_at",
        "order.total",
        "order.currency",
        "order.status",
    ]
    assert list(relations["cart_lines"].columns) == ["product_id", "quantity", "cart.updated_at"]


def test_rows_below_are_known_where_the_shop_has_them(zoo):
    class Shop(ShopSource):
        customers = Zoo.customers
        orders = Zoo.visits

    assert zoo.relations["orders"].below == {"lines": "order_lines"}
    assert zoo.relations["order_lines"].below == {}
    assert catalogue_of(Shop(), "GBP").relations["orders"].below == {}


def test_wishes_without_a_date_have_no_time():
    class Shop(ShopSource):
        activity = None
        customers = Zoo.customers
        wishes = WishlistItems(Visit.objects.all(), customer="keeper", product_id="number")
        events = Events(Visit.objects.all(), kind="number", at="made", customer="keeper", query="guest_email")

    catalogue = catalogue_of(Shop(), "GBP")

    assert {name: relation.has_time for name, relation in catalogue.relations.items()} == {
        "wishlist_items": False,
        "events": True,
    }
    assert list(catalogue.relations["events"].columns) == ["kind", "at"]
    assert catalogue.unasked["events.query"] == "personal"


def test_an_extra_column_is_a_fact_by_itself():
    class Shop(Zoo):
        customers = Zoo.customers.replace(
            shoes=Column("name", label="shoe brand"),
            hired=Column(F("joined"), restricted=True),
        )

    attributes = catalogue_of(Shop(), "GBP").attributes

    assert attributes["customer.shoes"] == Fact("customer.shoes", Kind.TEXT, 0, "shoe brand", current=True)
    assert attributes["customer.hired"] == Fact("customer.hired", Kind.TIME, 0, "hired", current=True, restricted=True)


def test_no_fact_is_without_a_label(zoo):
    assert [name for name, fact in zoo if not str(fact.label)] == []


def test_labels_and_families(zoo):
    said = {name: (str(fact.label), fact.family) for name, fact in zoo}

    assert said["customer.birth_date"] == ("birth date", Family.DEMOGRAPHIC)
    assert said["customer.age"] == ("age", Family.DEMOGRAPHIC)
    assert said["orders.placed_at"] == ("order date", Family.BEHAVIOURAL)
    assert said["order_lines.order.placed_at"] == ("order date", Family.BEHAVIOURAL)
    assert said["order_lines.order.total"] == ("order total", Family.VALUE)
    assert said["order_lines.product.price"] == ("product price", Family.VALUE)
    assert said["order_lines.product.weight"] == ("product weight", Family.PSYCHOGRAPHIC)
    assert said["spend.amount"] == ("amount", Family.VALUE)
    assert str(dict(zoo)["orders.total"].help) == "What the customer paid for the order."


def test_what_is_current_and_restricted_is_said(zoo):
    assert zoo.attributes["customer.birth_date"].restricted
    assert not zoo.attributes["customer.country"].restricted
    assert zoo.attributes["customer.country"].current
    assert zoo.relations["orders"].columns["status"].current
    assert not zoo.relations["orders"].columns["total"].current


@pytest.mark.parametrize(("currency", "scale"), [("GBP", 2), ("JPY", 0), ("KWD", 3)])
def test_money_has_the_decimals_of_the_base_currency_whatever_the_shop_stores(currency, scale):
    catalogue = catalogue_of(Zoo(), currency)

    assert catalogue.base_currency == currency
    assert catalogue.money_scale == scale
    assert catalogue.relations["orders"].columns["total"].scale == scale
    assert catalogue.relations["order_lines"].columns["line_total"].scale == scale
    assert catalogue.relations["spend"].columns["amount"].scale == scale


def test_a_shop_without_orders_has_no_spend():
    class Shop(ShopSource):
        activity = None
        customers = Zoo.customers

    catalogue = catalogue_of(Shop(), "GBP")

    assert catalogue.relations == {}
    assert "customer.country" in catalogue.attributes


def test_spend_is_ours_wherever_there_are_orders():
    class Shop(ShopSource):
        activity = None
        customers = Zoo.customers
        orders = Zoo.visits
        refunds = Refunds(Visit.objects.all(), customer="keeper", amount=Money("cents", scale=2), at="made")

    relations = catalogue_of(Shop(), "GBP").relations

    assert list(relations) == ["orders", "refunds", "spend"]
    assert kinds(relations["spend"].columns) == {"amount": ("money", 2), "at": ("time", 0)}
    assert relations["spend"].has_time


def test_a_total_that_stopped_working_takes_spend_with_it():
    class Shop(ShopSource):
        activity = None
        customers = Zoo.customers
        orders = Orders(Visit.objects.all(), order_id="number", customer="keeper", placed_at="made", total="nonsense")

    relations = catalogue_of(Shop(), "GBP").relations

    assert list(relations) == ["orders"]
    assert "total" not in relations["orders"].columns


def test_a_source_that_cannot_say_whose_its_rows_are_is_refused():
    class Shop(ShopSource):
        customers = Zoo.customers
        orders = Orders(Visit.objects.all(), order_id="number", customer="nonsense", placed_at="made", total="cents")

    with pytest.raises(SourceError, match=r"orders\.customer"):
        catalogue_of(Shop(), "GBP")


def test_a_source_without_customers_is_refused():
    class Shop(ShopSource):
        orders = Zoo.visits

    with pytest.raises(SourceError, match="customers"):
        catalogue_of(Shop(), "GBP")


def test_all_facts_in_the_order_of_the_source():
    class Shop(ShopSource):
        activity = None
        customers = Customers(Keeper.objects.all(), customer_id="pk", country="den__country", joined_at="joined")
        orders = Orders(Visit.objects.all(), order_id="number", customer="keeper", placed_at="made", total="cents")

    assert [name for name, _ in catalogue_of(Shop(), "GBP")] == [
        "customer.country",
        "customer.joined_at",
        "customer.tenure_days",
        "orders.placed_at",
        "orders.total",
        "spend.amount",
        "spend.at",
    ]
    assert dict(CATALOGUE)["orders.total"] == Fact("total", Kind.MONEY, 2, "total")


def test_an_empty_catalogue():
    assert list(Catalogue("GBP")) == []


# What takes consent.


@pytest.mark.parametrize(
    ("consent", "expected"), [("none", set()), ("activity", {"events", "score"}), ("all", {"orders", "spend", "events", "score"})]
)
def test_what_takes_consent(consent, expected):
    class Shop(ShopSource):
        customers = Customers(Keeper.objects.all(), customer_id="pk")
        orders = Orders(Visit.objects.all(), order_id="pk", customer="keeper", placed_at="made", total=Money("cents", scale=2))
        events = Events(Visit.objects.all(), kind="state", at="made", customer="keeper")

    assert "spend" in catalogue_of(Shop(), "GBP").relations
    assert catalogue_of(Shop(), "GBP", consent).by_consent == expected


@pytest.mark.parametrize(("ours", "expected"), [(None, {"score"}), (ShopSource.activity, {"events", "score"})])
def test_business_takes_none_but_what_we_record_does(ours, expected):
    class Shop(ShopSource):
        activity = ours
        customers = Customers(Keeper.objects.all(), customer_id="pk")
        events = Events(Visit.objects.all(), kind="state", at="made", customer="keeper", transactional=True)

    assert catalogue_of(Shop(), "GBP", "activity").by_consent == expected
