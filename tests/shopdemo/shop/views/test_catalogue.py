from __future__ import annotations

import re
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.test import Client

from shopdemo.shop.models import Product
from tests.shopdemo.shop.conftest import NOW, order_of, product

pytestmark = pytest.mark.django_db


def titles(answer: Any) -> list[str]:
    return [shown.title for shown in answer.context["page"]]


def test_the_window_shows_shelves(client: Client, shop: SimpleNamespace) -> None:
    with time_machine.travel(NOW, tick=False):
        page = client.get("/").content.decode()
    assert "Tea on, leaves down" in page
    assert 'src="/art/scene/autumn.svg?v=' in page
    assert 'href="/category/lighting-candles/"' in page
    assert "/category/empty/" not in page
    assert "OLD LAMP" not in page
    assert "free" in page.lower()


def test_an_empty_shop_says_so(client: Client) -> None:
    assert "Nothing here yet." in client.get("/").content.decode()


PAGES = {
    "/": 1,
    "/products/": 3,
    "/category/lighting-candles/": 4,
    "/search/?q=lamp": 4,
    "/search/?q=lmp": 3,
    "/delivery-and-returns/": 1,
    "/privacy/": 1,
}


@pytest.mark.parametrize(("address", "queries"), PAGES.items())
def test_a_page_takes_as_many_queries_for_many_products_as_for_few(
    client: Client, shop: SimpleNamespace, django_assert_num_queries: Any, address: str, queries: int
) -> None:
    for number in range(30):
        order_of(None, f"N{number}", product(f"N{number}", f"NICE LAMP {number}", "3.00", shop.lights))
    with time_machine.travel(NOW, tick=False):
        client.get(address)  # that nothing is recommended here is remembered from now on
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_a_shelf_is_sorted_and_narrowed_with_the_sold_out_last(client: Client, shop: SimpleNamespace) -> None:
    assert titles(client.get("/products/")) == ["BLUE CUP", "PAPER LANTERN", "RED LAMP", "GREEN CUP"]
    assert titles(client.get("/products/?sort=dear")) == ["RED LAMP", "BLUE CUP", "PAPER LANTERN", "GREEN CUP"]
    assert titles(client.get("/products/?sort=cheap")) == ["PAPER LANTERN", "BLUE CUP", "RED LAMP", "GREEN CUP"]
    assert titles(client.get("/products/?sort=new"))[0] == "BLUE CUP"
    assert titles(client.get("/products/?price=under-2")) == ["PAPER LANTERN"]
    assert titles(client.get("/products/?price=2-to-5")) == ["BLUE CUP"]
    assert titles(client.get("/products/?price=nonsense&sort=nonsense")) == titles(client.get("/products/"))
    assert titles(client.get("/category/lighting-candles/")) == ["PAPER LANTERN", "RED LAMP"]


def test_pages_keep_the_filter(client: Client, shop: SimpleNamespace) -> None:
    for number in range(30):
        product(f"N{number}", f"NICE LAMP {number:02}", "3.00", shop.lights)
    page = client.get("/category/lighting-candles/?price=2-to-5&sort=dear&page=2")
    assert titles(page) == [f"NICE LAMP {number}" for number in range(24, 30)]
    assert 'href="?price=2-to-5&amp;sort=dear&amp;page=1"' in page.content.decode()
    assert client.get("/products/?page=99").context["page"].number == 2
    assert client.get("/products/?page=x").context["page"].number == 1


def test_what_is_not_there_is_not_found(client: Client, shop: SimpleNamespace) -> None:
    for address in ("/category/nope/", f"/product/{shop.old.pk}/old-lamp/", "/product/999999/x/", "/art/scene/nope.svg"):
        assert client.get(address).status_code == 404


def test_a_product_is_shown(client: Client, shop: SimpleNamespace, django_assert_num_queries: Any) -> None:
    client.get(f"/product/{shop.lantern.pk}/paper-lantern/")
    with django_assert_num_queries(2):
        page = client.get(f"/product/{shop.lantern.pk}/paper-lantern/").content.decode()
    assert "Only 3 left" in page
    assert "£1.25" in page
    assert 'max="3"' in page
    assert "<dd>L2</dd>" in page


def test_a_set_says_of_how_many(client: Client, shop: SimpleNamespace) -> None:
    tins = product("T", "SET OF 3 CAKE TINS", "4.95", shop.kitchen)
    assert "<dd>3 pieces</dd>" in client.get(f"/product/{tins.pk}/set-of-3-cake-tins/").content.decode()
    assert "In the pack" not in client.get(f"/product/{shop.cup.pk}/blue-cup/").content.decode()


def test_what_is_sold_out_cannot_be_bought(client: Client, shop: SimpleNamespace) -> None:
    page = client.get(f"/product/{shop.gone.pk}/green-cup/").content.decode()
    assert "Sold out" in page
    assert "Add to cart" not in page
    assert "Add to wishlist" in page


def test_an_old_address_leads_to_the_new(client: Client, shop: SimpleNamespace) -> None:
    answer = client.get(f"/product/{shop.cup.pk}/some-cup/")
    assert (answer.status_code, answer["Location"]) == (301, f"/product/{shop.cup.pk}/blue-cup/")


def test_what_is_on_sale_says_what_it_cost_before(client: Client, shop: SimpleNamespace) -> None:
    Product.objects.filter(pk=shop.cup.pk).update(list_price=Decimal("5.50"))
    Product.objects.filter(pk=shop.lamp.pk).update(list_price=Decimal("9.50"))
    before = '<s class="before"><span class="hidden">before the sale: </span>£5.50</s>'
    client.post(f"/cart/add/{shop.cup.pk}/", {"quantity": 1})
    for address in ("/category/kitchen-dining/", f"/product/{shop.cup.pk}/blue-cup/", "/cart/"):
        assert before in client.get(address).content.decode(), address
    assert "£9.50" in (page := client.get("/category/lighting-candles/").content.decode())
    assert 'class="before"' not in page


def test_titles_are_escaped(client: Client, shop: SimpleNamespace) -> None:
    Product.objects.filter(pk=shop.cup.pk).update(title="CUP <b>")
    assert "CUP &lt;b&gt;" in client.get("/products/").content.decode()
    assert "&lt;script&gt;" in client.get("/search/?q=<script>").content.decode()


def test_nothing_is_inline_or_from_elsewhere(client: Client, shop: SimpleNamespace) -> None:
    for address in ("/", f"/product/{shop.cup.pk}/blue-cup/", "/cart/", "/account/log-in/"):
        page = client.get(address).content.decode()
        assert re.findall(r"<script(?! src=\"/static/[^\"]+\" defer)", page) == []
        assert "<style" not in page
        assert " style=" not in page
        assert "http" not in page


def test_reading_changes_nothing_and_other_methods_are_refused(client: Client, shop: SimpleNamespace) -> None:
    for address in ("/", "/products/", "/search/", "/cart/", f"/product/{shop.cup.pk}/blue-cup/", "/privacy/"):
        assert client.post(address).status_code == 405
    for address in (f"/cart/add/{shop.cup.pk}/", "/cart/update/", "/cart/coupon/", f"/account/wishlist/add/{shop.cup.pk}/"):
        assert client.get(address).status_code == 405
