from __future__ import annotations

import pytest

from segmentation.errors import SourceError
from segmentation.sources import Customers, OrderLines, Orders, Refunds, ShopSource
from segmentation.sources.problems import ProblemCode, SourceProblem
from tests.sources.zoo.models import Item, Keeper, Visit
from tests.sources.zoo.source import Park, Zoo


def customers():
    return Customers(Keeper.objects.all(), customer_id="pk")


def orders():
    return Orders(Visit.objects.all(), order_id="number", customer="keeper", placed_at="made", total="cents")


def test_relations_are_named_by_their_class():
    assert list(Zoo.relations) == ["customers", "orders", "order_lines", "products"]
    assert Zoo.relations["orders"] is Zoo.visits


def test_a_source_without_a_fault():
    assert Zoo().problems() == []


def test_guests_join_no_account_unless_the_shop_says_so():
    class Trusting(Zoo):
        guests_join_accounts = True

    assert Zoo().guests_join_accounts is False
    assert Trusting().guests_join_accounts is True


def test_a_subclass_inherits_and_replaces():
    class Other(Zoo):
        visits = Zoo.visits.replace(Visit.objects.filter(state=2), device="currency")

    assert list(Other.relations) == ["customers", "orders", "order_lines", "products"]
    assert "device" in Other.relations["orders"].columns
    assert "device" not in Zoo.relations["orders"].columns


def test_a_subclass_leaves_out():
    class Other(Zoo):
        animals = None

    assert list(Other.relations) == ["customers", "orders", "order_lines"]
    assert "products" in Zoo.relations


def test_relations_may_come_from_a_mixin():
    class Sales:
        sales = orders()

    class Shop(Sales, ShopSource):
        people = customers()

    assert set(Shop.relations) == {"customers", "orders", "events"}
    assert Shop().problems() == []


def test_what_we_record_is_part_of_every_shops_events_unless_it_is_left_out():
    class Shop(ShopSource):
        people = customers()

    class Watching(Park):
        activity = ShopSource.activity

    class Silent(Shop):
        activity = None

    assert Shop.relations["events"] is ShopSource.activity
    assert list(Watching.relations["events"].parts) == ["sightings", "searches", "activity"]
    assert Watching().problems() == []
    assert "events" not in Silent.relations


def test_customers_are_needed():
    class Shop(ShopSource):
        sales = orders()

    assert Shop().problems() == [
        SourceProblem(
            ProblemCode.RELATION, "customers", "", "is missing; every shop has them", "Add the relation to your ShopSource."
        )
    ]


def test_lines_need_their_orders():
    class Shop(ShopSource):
        people = customers()
        lines = OrderLines(Item.objects.all(), order_id="visit", product_id="animal", quantity="quantity", line_total="paid")

    assert [str(problem) for problem in Shop().problems()] == ["orders: is missing; order_lines takes its times from there"]


def test_two_relations_of_one_class():
    class Shop(ShopSource):
        people = customers()
        web = orders()
        till = orders()

    assert [str(problem) for problem in Shop().problems()] == ["orders: is declared more than once: web, till"]
    assert Shop.relations["orders"] is Shop.web


def test_several_events_are_one_relation():
    assert list(Park.relations)[-3:] == ["cart_lines", "wishlist_items", "events"]
    assert Park.relations["events"].parts == {"sightings": Park.sightings, "searches": Park.searches}
    assert Park().problems() == []


def test_events_declared_once_are_themselves():
    class Shop(Park):
        searches = None

    assert Shop.relations["events"] is Park.sightings


def test_a_subclass_adds_events_and_replaces_them():
    class Shop(Park):
        sightings = Park.sightings.replace(product_id=None)
        again = Park.searches

    assert Shop.relations["events"].parts == {
        "sightings": Shop.sightings,
        "searches": Park.searches,
        "again": Park.searches,
    }
    assert list(Park.relations["events"].parts) == ["sightings", "searches"]


def test_problems_of_several_events_come_once():
    class Shop(Park):
        searches = Park.searches.replace(visitor="nothing")

    assert [problem.place for problem in Shop().problems()] == ["events.visitor"]
    with pytest.raises(SourceError, match=r"^events\.visitor: .* \(in searches\)$"):
        Shop().demand_sound()


def test_a_prefetch_that_does_not_exist_is_no_obstacle():
    class Shop(Park):
        visits = Park.visits.replace(Visit.objects.prefetch_related("nothing"))

    assert [problem.place for problem in Shop().problems()] == ["orders.prefetch_related"]
    Shop().demand_sound()


def test_problems_of_all_relations_come_together():
    class Shop(ShopSource):
        people = Customers(Keeper.objects.all(), customer_id="pk", email="nothing")
        back = Refunds(Visit.objects.all(), customer="keeper", amount="cents")

    assert [(problem.code, problem.place) for problem in Shop().problems()] == [
        (ProblemCode.PATH, "customers.email"),
        (ProblemCode.REQUIRED, "refunds.at"),
    ]


def test_a_source_that_cannot_say_whose_its_rows_are_is_refused():
    class Shop(ShopSource):
        people = customers()
        web = orders().replace(email="nothing")

    with pytest.raises(SourceError, match=r"^orders\.email: "):
        Shop().demand_sound()


def test_a_source_without_customers_is_refused():
    class Shop(ShopSource):
        web = orders()

    with pytest.raises(SourceError, match=r"^customers: is missing"):
        Shop().demand_sound()


def test_a_fact_less_is_no_obstacle():
    class Shop(ShopSource):
        people = customers()
        web = orders().replace(country="nothing", total="nothing")

    Shop().demand_sound()
    assert [problem.place for problem in Shop().problems()] == ["orders.total", "orders.country"]
