from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from shopdemo.shop.models import Category, Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves() -> None:
    lamps = Category.objects.create(name="Lamps", slug="lamps")
    Category.objects.create(name="Empty", slug="empty")
    Product.objects.bulk_create(
        Product(code=f"{number:03}", title=f"LAMP {number:03}", slug="lamp", category=lamps, price=Decimal("9.50"), stock=number)
        for number in range(30)
    )
    Product.objects.create(code="CUP", title="CUP <b>", slug="cup", price=Decimal("2.00"), stock=9)
    Product.objects.create(code="OLD", title="OLD THING", slug="old", category=lamps, price=Decimal("1.00"), is_active=False)


def test_the_home_page_lists_what_is_on_sale_a_page_at_a_time(
    client: Client, shelves: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        page = client.get("/").content.decode()
    assert "31 products" in page
    assert "Page 1 of 2" in page
    assert "CUP &lt;b&gt;" in page
    assert "OLD THING" not in page
    assert page.count('<li class="product">') == 24
    assert '<a href="/category/lamps/">Lamps <span class="size">30</span></a>' in page
    assert "/category/empty/" not in page


def test_a_category_lists_its_own(client: Client, shelves: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        page = client.get("/category/lamps/?page=2").content.decode()
    assert "30 products" in page
    assert page.count('<li class="product">') == 6
    assert '<a href="/category/lamps/" aria-current="page">' in page
    assert "CUP" not in page


def test_low_stock_is_told(client: Client, shelves: None) -> None:
    page = client.get("/category/lamps/").content.decode()
    assert page.count("Sold out") == 1
    assert page.count("Only 3 left") == 1
    assert "Only 4 left" not in page


def test_an_unknown_category_is_not_found(client: Client) -> None:
    assert client.get("/category/nope/").status_code == 404


def test_an_odd_page_number_shows_a_page(client: Client, shelves: None) -> None:
    assert "Page 1 of 2" in client.get("/?page=x").content.decode()
    assert "Page 2 of 2" in client.get("/?page=99").content.decode()


def test_an_empty_shop_says_so(client: Client) -> None:
    assert "Nothing here yet." in client.get("/").content.decode()


def test_nothing_is_inline_or_from_elsewhere(client: Client, shelves: None) -> None:
    page = client.get("/").content.decode()
    assert "<script" not in page
    assert "<style" not in page
    assert " style=" not in page
    assert "://" not in page
