from __future__ import annotations

import pytest
from django.db.models import F

from segmentation.errors import SourceError
from segmentation.facts import Catalogue, Fact, RelationFacts, catalogue_of
from segmentation.rules.values import Kind
from segmentation.sources import Column, Customers, Money, Orders, Refunds, ShopSource
from tests.facts.shop import CATALOGUE
from tests.sources.zoo.models import Keeper, Visit
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
    }


def test_columns_of_relations_are_facts_of_their_rows(zoo):
    assert {name: kinds(relation.columns) for name, relation in zoo.relations.items()} == {
        "orders": {"placed_at": ("time", 0), "total": ("money", 2), "currency": ("text", 0), "status": ("text", 0)},
        "order_lines": {"product_id": ("text", 0), "quantity": ("number", 0), "line_total": ("money", 2)},
        "spend": {"amount": ("money", 2), "at": ("time", 0)},
    }
    assert all(relation.name == name and relation.has_time for name, relation in zoo.relations.items())


def test_products_are_no_relation_of_their_own(zoo):
    assert "products" not in zoo.relations


def test_an_extra_column_is_a_fact_by_itself():
    class Shop(Zoo):
        customers = Zoo.customers.replace(
            shoes=Column("name", label="shoe brand"),
            hired=Column(F("joined"), restricted=True),
        )

    attributes = catalogue_of(Shop(), "GBP").attributes

    assert attributes["customer.shoes"] == Fact("customer.shoes", Kind.TEXT, 0, "shoe brand", current=True)
    assert attributes["customer.hired"] == Fact("customer.hired", Kind.TIME, 0, "", current=True, restricted=True)


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
        customers = Zoo.customers

    catalogue = catalogue_of(Shop(), "GBP")

    assert catalogue.relations == {}
    assert "customer.country" in catalogue.attributes


def test_spend_is_ours_wherever_there_are_orders():
    class Shop(ShopSource):
        customers = Zoo.customers
        orders = Zoo.visits
        refunds = Refunds(Visit.objects.all(), customer="keeper", amount=Money("cents", scale=2), at="made")

    relations = catalogue_of(Shop(), "GBP").relations

    assert list(relations) == ["orders", "refunds", "spend"]
    assert relations["spend"] == RelationFacts("spend", {"amount": Fact("amount", Kind.MONEY, 2), "at": Fact("at", Kind.TIME)})


def test_a_total_that_stopped_working_takes_spend_with_it():
    class Shop(ShopSource):
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
        customers = Customers(Keeper.objects.all(), customer_id="pk", country="den__country", joined_at="joined")
        orders = Orders(Visit.objects.all(), order_id="number", customer="keeper", placed_at="made", total="cents")

    assert [name for name, _ in catalogue_of(Shop(), "GBP")] == [
        "customer.country",
        "customer.joined_at",
        "orders.placed_at",
        "orders.total",
        "spend.amount",
        "spend.at",
    ]
    assert dict(CATALOGUE)["orders.total"] == Fact("total", Kind.MONEY, 2)


def test_an_empty_catalogue():
    assert list(Catalogue("GBP")) == []
