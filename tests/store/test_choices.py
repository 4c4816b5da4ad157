from __future__ import annotations

from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Count, F, Func, Max, Window
from django.db.models.functions import Upper

from segmentation.errors import SourceError
from segmentation.facts import catalogue_of
from segmentation.facts.custom import REGISTRY, computed_fact
from segmentation.rules.values import Kind
from segmentation.sources import Column, Events
from segmentation.store import choices as module
from segmentation.store.choices import Choice, choices
from shopdemo.shop.models import Category, Order, Product, User
from shopdemo.source import DemoSource
from tests.cast import add_line, place_order
from tests.sources.conftest import keepers, visits  # noqa: F401
from tests.sources.zoo.models import Animal, Keeper
from tests.sources.zoo.source import Zoo

pytestmark = pytest.mark.django_db


def of(name, source=DemoSource, search="", **options):
    """[(value, count), …] and whether they are only a part."""
    found = choices(source(), catalogue_of(source(), "GBP"), name, search, **options)
    return [(choice.value, choice.count) for choice in found.found], found.is_partial


def live_in(*countries):
    """An account in each of these countries."""
    for number, country in enumerate(countries):
        code = country if len(country) == 2 else ""
        User.objects.create_user(f"u{number}@shop.test", country=code, city=country, accepts_email=True)


def orders_of(column, queryset=None):
    """The demo shop with one more column on its orders."""

    class Shop(DemoSource):
        orders = DemoSource.orders.replace(queryset, mine=column)

    return Shop


def test_the_most_frequent_come_first(django_assert_num_queries):
    live_in("FR", "GB", "GB", "PL", "GB", "FR")

    with django_assert_num_queries(1) as queries:
        assert of("customer.country") == ([("GB", 3), ("FR", 2), ("PL", 1)], False)
    assert "GROUP BY" in queries[0]["sql"]


def test_equally_frequent_ones_stand_in_the_order_of_their_names():
    live_in("PL", "FR", "GB")

    assert of("customer.country")[0] == [("FR", 1), ("GB", 1), ("PL", 1)]


def test_only_rows_of_the_source_count():
    live_in("FR", "GB")
    User.objects.filter(country="FR").update(is_active=False)

    assert of("customer.country")[0] == [("GB", 1)]


def test_spellings_that_rules_take_for_the_same_are_one_choice():
    live_in("fr", "FR", "FR", " Fr", "", "  ")

    assert of("customer.city", may_see_restricted=True)[0] == [("FR", 4)]


def test_at_most_so_many():
    live_in("FR", "GB", "GB", "PL")

    assert of("customer.country", limit=2)[0] == [("GB", 2), ("FR", 1)]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["Côte-d'Or", "Łódź", "STRASSE", "Zürich"]),
        ("zur", ["Zürich"]),
        ("ZÜRICH", ["Zürich"]),
        ("rich", ["Zürich"]),
        ("cote", ["Côte-d'Or"]),
        ("lodz", ["Łódź"]),
        ("straße", ["STRASSE"]),
        ("  or ", ["Côte-d'Or"]),
        ("%", []),
        ("x", []),
    ],
)
def test_a_search_cares_neither_for_case_nor_for_accents(search, found):
    live_in("Zürich", "Łódź", "Côte-d'Or", "STRASSE")

    assert [value for value, _ in of("customer.city", search=search, may_see_restricted=True)[0]] == found


def test_a_search_takes_one_query(django_assert_num_queries):
    live_in("FR")

    with django_assert_num_queries(1):
        assert of("customer.country", search="f") == ([("FR", 1)], False)


def test_restricted_values_need_the_right(django_assert_num_queries):
    live_in("Leeds")

    with django_assert_num_queries(0), pytest.raises(PermissionDenied):
        of("customer.city")
    assert of("customer.city", may_see_restricted=True)[0] == [("Leeds", 1)]


@pytest.mark.parametrize(
    "name",
    ["customer.email", "customer.first_name", "orders.order_id", "products.category", "customer.shoe_size", "nothing.at_all", ""],
)
def test_what_is_no_fact_has_no_values(name, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(KeyError):
        of(name)


@pytest.mark.parametrize("name", ["customer.joined_at", "orders.total", "order_lines.quantity", "spend.amount", "spend.at"])
def test_numbers_and_dates_are_not_chosen(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert of(name) == ([], False)


def test_yes_and_no(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert of("customer.accepts_email") == ([("true", None), ("false", None)], False)


def test_what_is_worked_out_is_not_in_the_shops_data(django_assert_num_queries):
    live_in("FR")
    with patch.dict(REGISTRY), django_assert_num_queries(0):
        computed_fact("customer.half", kind=Kind.TEXT, inputs=["customer.country"])(lambda columns, now, calendar: columns)
        assert of("customer.half") == ([], False)


def test_rows_above_are_counted_where_they_are(alice):
    lamps, mugs = (Category.objects.create(name=name, slug=name.lower()) for name in ("Lamps", "Mugs"))
    for code, category in (("L1", lamps), ("L2", lamps), ("M1", mugs), ("X", None)):
        product = Product.objects.create(code=code, title=code, slug=code.lower(), price=1, category=category)
        add_line(Order.objects.get(number="A1"), product)
        add_line(Order.objects.get(number="A2"), product)

    assert of("order_lines.product.category")[0] == [("Lamps", 2), ("Mugs", 1)]
    assert of("order_lines.order.coupon_code")[0] == [("SPRING", 1)]


def test_keys_that_can_be_asked_are_chosen_by_their_code(alice):
    product = Product.objects.create(code="L", title="L", slug="l", price=1)
    add_line(Order.objects.get(number="A1"), product)
    add_line(Order.objects.get(number="A2"), None)

    assert of("order_lines.product_id")[0] == [(str(product.pk), 1)]


@pytest.mark.usefixtures("visits")
def test_codes_are_shown_as_texts():
    assert of("orders.status", Zoo)[0] == [("1", 4)]
    assert of("orders.currency", Zoo)[0] == [("EUR", 3), ("PLN", 1)]


def test_an_expression_is_counted_by_the_database(alice, django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        assert of("orders.mine", orders_of(Upper("coupon_code"))) == ([("SPRING", 1)], False)
    assert "GROUP BY" in queries[0]["sql"]


# What the database cannot count


def test_a_function_is_counted_from_its_rows(alice, django_assert_num_queries):
    source = orders_of(Column(lambda order: order.coupon_code or "none", kind="text"))

    with django_assert_num_queries(1):
        assert of("orders.mine", source) == ([("none", 2), ("SPRING", 1)], False)


def test_a_function_that_gives_no_text():
    place_order("A1", None, coupon_code="A")
    source = orders_of(Column(lambda order: [order.coupon_code] if order.coupon_code else {"a": 1}, kind="text"))

    assert of("orders.mine", orders_of(Column(lambda order: None, kind="text"))) == ([], False)
    assert of("orders.mine", source) == ([("A", 1)], False)


def test_of_many_rows_a_sample_is_taken(monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    source = orders_of(Column(lambda order: order.coupon_code, kind="text"))
    for number in range(3):
        place_order(f"A{number}", None, coupon_code="A")

    assert of("orders.mine", source) == ([("A", 3)], False)
    place_order("A4", None, coupon_code="A")
    assert of("orders.mine", source) == ([("A", 3)], True)


def test_of_many_values_the_most_frequent_are_looked_at(monkeypatch):
    monkeypatch.setattr(module, "MOST_VALUES", 2)
    live_in("FR", "FR", "GB", "GB")

    assert of("customer.country") == ([("FR", 2), ("GB", 2)], False)
    User.objects.create_user("more@shop.test", country="PL")
    assert of("customer.country") == ([("FR", 2), ("GB", 2)], True)
    assert of("customer.country", search="pl") == ([], True)


@pytest.mark.parametrize(
    ("column", "queryset"),
    [
        ("coupon_code", Order.objects.distinct()),
        ("coupon_code", Order.objects.annotate(size=Count("lines"))),
        (Column(Max("lines__title"), kind="text"), None),
        (Window(Max("coupon_code"), partition_by="number"), None),
    ],
    ids=["distinct", "grouped", "aggregate", "window"],
)
def test_what_cannot_be_grouped_once_more_is_read(alice, column, queryset, django_assert_num_queries):
    for order in Order.objects.all():
        add_line(order, None)
        add_line(order, None)

    with django_assert_num_queries(1):
        found, _ = of("orders.mine", orders_of(column, queryset))
    assert found == ([("line", 3)] if isinstance(column, Column) else [("SPRING", 1)])


def test_a_prefetch_costs_nothing(alice, django_assert_num_queries):
    queryset = Order.objects.prefetch_related("lines")

    with django_assert_num_queries(1):
        assert of("orders.mine", orders_of("coupon_code", queryset)) == ([("SPRING", 1)], False)


def test_members_of_sets_are_counted_each_once_a_row():
    words = {"A": ["red", "blue", "red"], "B": ["Red"], "C": [], "D": None, "E": ["red", 7]}
    for code in words:
        place_order(code, None)
    source = orders_of(Column(lambda order: words[order.number], kind="set"))

    assert of("orders.mine", source) == ([("red", 3), ("blue", 1)], False)
    assert of("orders.mine", source, search="BL")[0] == [("blue", 1)]


@pytest.mark.usefixtures("keepers")
def test_members_of_a_path_to_many(django_assert_num_queries):
    class Shop(Zoo):
        customers = Zoo.customers.replace(favourites=Column("favourites__title", kind="set"))

    lion, newt = (Animal.objects.create(title=title, price=1) for title in ("Lion", "Newt"))
    for keeper in Keeper.objects.all():
        keeper.favourites.add(lion)
    Keeper.objects.get(name="Bob").favourites.add(newt)

    with django_assert_num_queries(1):
        assert of("customer.favourites", Shop) == ([("Lion", 2), ("Newt", 1)], False)


def test_several_events_are_counted_together(django_assert_num_queries):
    class Shop(DemoSource):
        activity = None
        views = Events(Order.objects.all(), kind="status", at="placed_at", customer="user_id", place="country")
        searches = Events(Order.objects.all(), kind="coupon_code", at="placed_at", customer="user_id")

    place_order("A", None, country="FR", coupon_code="GBP")
    place_order("B", None, coupon_code="placed")

    with django_assert_num_queries(2):
        assert of("events.kind", Shop) == ([("placed", 3), ("GBP", 1)], False)
    with django_assert_num_queries(1):
        assert of("events.place", Shop) == ([("FR", 1)], False)


def test_a_shop_that_cannot_be_read():
    class NoSuchFunction(Func):
        function = "NO_SUCH_FUNCTION"
        output_field = CharField()

    place_order("A", None)
    with pytest.raises(SourceError, match=r"orders could not be read: (Operational|Programming)Error"):
        of("orders.mine", orders_of(NoSuchFunction(F("number"))))


def test_the_database_can_be_said():
    live_in("FR")

    assert of("customer.country", using="default")[0] == [("FR", 1)]


def test_a_choice_is_a_value_and_a_count():
    live_in("FR")
    source = DemoSource()

    assert choices(source, catalogue_of(source, "GBP"), "customer.country").found == (Choice("FR", 1),)
