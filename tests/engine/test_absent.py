"""Values that a rule names and that stand in no row."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from segmentation.engine.absent import TOLD, absent_values
from segmentation.engine.local import answer_everyone
from segmentation.engine.shop import Shop, active_shop
from segmentation.facts import computed_fact
from segmentation.facts.custom import REGISTRY
from segmentation.profiles import sync
from segmentation.rules import parse
from segmentation.rules.values import Kind
from segmentation.sources import Column
from shopdemo.shop.models import Category, Order, Product, User
from shopdemo.source import DemoSource
from tests.cast import NOW, add_line
from tests.engine.people import everyone

pytestmark = pytest.mark.django_db


class Tagged(DemoSource):
    customers = DemoSource.customers.replace(
        tags=Column(lambda user: ["Gold", "New"] if user.first_name == "Alice" else [], kind="set")
    )


def absent(text: str, shop: Shop | None = None, *, may_see_restricted: bool = True) -> list[tuple[str, str]]:
    """(place, message) of each warning."""
    shop, rule = shop or active_shop(), parse(text)
    answers = answer_everyone(shop, {"": rule}, everyone(), NOW)
    assert not answers.refused
    found = absent_values(rule, answers.columns, answers.plan, shop.catalogue, may_see_restricted=may_see_restricted)
    return [(problem.path, problem.message) for problem in found]


def _country(columns, now, calendar):
    return columns["customer.country"]


@pytest.fixture
def known(cast):
    """Alice bought a lantern; of lamps there is one that nobody bought, and the category Rugs has no product."""
    names = ("Lighting & Candles", "Lamps & Shades", "Rugs")
    lighting, lamps, _ = (Category.objects.create(name=name, slug=name[:4].lower()) for name in names)
    lantern, _ = (
        Product.objects.create(code=name, title=name, slug=name, price=5, category=category)
        for name, category in (("lantern", lighting), ("lamp", lamps))
    )
    add_line(Order.objects.get(number="A1"), lantern)
    sync(now=NOW)
    return cast


def test_a_renamed_category(known):
    assert absent('order_lines.count(where product.category = "Lamps") >= 1') == [
        ("/rules/0", '"Lamps" stands in no row: product.category is "Lighting & Candles", "Lamps & Shades"')
    ]


def test_what_was_perhaps_meant(known):
    assert absent('order_lines.count(where product.category = "Lamp & Shades") >= 1') == [
        (
            "/rules/0",
            '"Lamp & Shades" stands in no row: product.category is "Lighting & Candles", "Lamps & Shades";'
            ' did you mean "Lamps & Shades"?',
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        'order_lines.count(where product.category = " LAMPS & shades") = 0',  # as rules compare: nobody bought it, it is there
        'order_lines.count(where product.category in ("Lamps & Shades", "Lighting & Candles")) >= 1',
        'order_lines.count(where product.category contains "lamp") >= 1',
        'order_lines.count(where product.category starts with "lighting" and product.category ends with "candles") >= 1',
        'customer.country = "GB" or customer.country != "FR"',
        'orders.count(where coupon_code = "spring") >= 1',
        "customer.country is set",
        "customer.age > 500 and orders.sum(total) > 900 and customer.accepts_email is true",
        'customer.birth_date after "2020-01-01"',
        'in segment "nobody" or orders.count() > 1'.removeprefix('in segment "nobody" or '),
        'bucket "spring" 0 to 49',
    ],
)
def test_what_stands_in_a_row_or_is_no_text(known, text):
    assert absent(text) == []


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [
        ('customer.country = "Gallia"', "Gallia", "customer.country"),
        ('customer.country != "Gallia" if unknown no', "Gallia", "customer.country"),
        ('customer.country in ("FR", "Gallia")', "Gallia", "customer.country"),
        ('customer.country not in ("FR", "Gallia") if unknown no', "Gallia", "customer.country"),
        ('customer.country contains "allia"', "allia", "customer.country"),
        ('customer.country not contains "allia" if unknown no', "allia", "customer.country"),
        ('customer.country starts with "b"', "b", "customer.country"),
        ('customer.country ends with "g"', "g", "customer.country"),
        ('orders.count(where country = "Gallia") >= 1', "Gallia", "country"),
        ('orders.first(test coupon_code = "AUTUMN")', "AUTUMN", "coupon_code"),
        ('order_lines.count(since last orders where coupon_code = "AUTUMN") >= 1', "AUTUMN", "coupon_code"),
        ('orders.count(where any lines (product.category = "Toys")) >= 1', "Toys", "product.category"),
        ('sequence (orders, order_lines where product.category = "Toys")', "Toys", "product.category"),
        ('pattern orders where coupon_code = "AUTUMN" stopped period 1 month periods 2', "AUTUMN", "coupon_code"),
        ('top 3 by orders.sum(total, where coupon_code = "AUTUMN")', "AUTUMN", "coupon_code"),
    ],
)
def test_wherever_a_text_is_compared(known, text, value, name):
    ((path, message),) = absent(text)
    assert path == "/rules/0"
    assert message.partition(":")[0] == f'"{value}" stands in no row'
    assert name in message


def test_each_of_several_and_each_condition(known):
    found = absent('customer.country in ("A", "FR", "B") and (orders.count() > 0 or customer.country = "C")')

    assert [(path, message[:3]) for path, message in found] == [
        ("/rules/0", '"A"'),
        ("/rules/0", '"B"'),
        ("/rules/1/rules/1", '"C"'),
    ]


def test_of_many_the_first_are_told(known):
    values = ", ".join(f'"X{number}"' for number in range(20))
    found = absent(f"customer.country in ({values})")

    assert [message[1:3] for _, message in found] == ["X0", "X1", "X2", "X3", "X4"]
    assert TOLD == 5


def test_the_most_frequent_values_are_named(known):
    for number in range(14):
        User.objects.create_user(f"u{number}@shop.test", country=f"C{number % 7}" if number < 13 else "C6")
    User.objects.create_user("last@shop.test", country="C6")
    sync(now=NOW)

    assert absent('customer.country = "Gallia"') == [
        ("/rules/0", '"Gallia" stands in no row: customer.country is "C6", "C0", "C1", "C2", "C3", …')
    ]


def test_a_column_without_values(known):
    Order.objects.update(coupon_code="")

    assert absent('orders.count(where coupon_code = "SPRING") = 0') == [
        ("/rules/0", '"SPRING" stands in no row: coupon_code has no values')
    ]


def test_sets(known, use_source):
    use_source(Tagged)

    assert absent('customer.tags has any ("gold", "old") and customer.tags has none ("odd") and customer.tags size >= 1') == [
        ("/rules/0", '"old" stands in no row: customer.tags is "Gold", "New"; did you mean "Gold"?'),
        ("/rules/1", '"odd" stands in no row: customer.tags is "Gold", "New"'),
    ]


def test_what_is_worked_out_stands_in_no_row(known):
    with patch.dict(REGISTRY):
        computed_fact("customer.home", kind=Kind.TEXT, inputs=["customer.country"])(_country)
        assert absent('customer.home = "Gallia" and customer.country = "FR"') == []


def test_restricted_values_are_told_to_those_who_may_see_them(known):
    rule = 'customer.city = "Paris"'

    assert absent(rule) == [("/rules/0", '"Paris" stands in no row: customer.city is "Leeds"')]
    assert absent(rule, may_see_restricted=False) == [("/rules/0", '"Paris" stands in no row of customer.city')]


def test_a_long_value_is_cut_and_quoted_as_a_rule_has_it(known):
    ((_, message),) = absent(f'customer.country = "{"x" * 100}"')
    assert message.startswith('"' + "x" * 59 + '…" stands')
    ((_, message),) = absent('customer.country = "a \\"b\\""')
    assert message.startswith('"a \\"b\\"" stands')
