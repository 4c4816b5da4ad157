from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from shopdemo.shop.models import Cart, Coupon, Order, Product

pytestmark = pytest.mark.django_db
ADDRESS = {"name": "Ada", "street": "1 Road", "city": "London", "postcode": "N1", "country": "GB"}
GUEST = {**ADDRESS, "email": "Ada@Example.com", "order": "1"}


def fill(client: Client, thing: Product, quantity: int = 1) -> None:
    client.post(f"/cart/add/{thing.pk}/", {"quantity": quantity})


def test_an_empty_cart_has_no_checkout(client: Client, shop: SimpleNamespace) -> None:
    assert client.get("/checkout/")["Location"] == "/cart/"
    assert client.post("/checkout/", {**GUEST, "total": "1.00"})["Location"] == "/cart/"


def test_a_guest_orders_and_sees_it_until_the_session_ends(client: Client, shop: SimpleNamespace) -> None:
    Coupon.objects.create(code="TEN", percent=10)
    fill(client, shop.lamp, 2)
    client.post("/cart/coupon/", {"code": "TEN"})
    assert "Order for £21.05" in client.get("/checkout/").content.decode()
    answer = client.post("/checkout/", {**GUEST, "total": "21.05"})
    order = Order.objects.get()
    assert answer["Location"] == f"/checkout/{order.number}/"
    assert (order.email, order.total, order.coupon_code) == ("ada@example.com", Decimal("21.05"), "TEN")
    page = client.get(answer["Location"])
    assert "1 Road" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert Client().get(answer["Location"]).status_code == 404
    assert client.get(f"/account/orders/{order.number}/").status_code == 302
    assert "Your cart is empty." in client.get("/cart/").content.decode()


def test_a_customers_order_stands_in_her_account(ann: Client, shop: SimpleNamespace) -> None:
    fill(ann, shop.cup)
    page = ann.get("/checkout/").content.decode()
    assert 'name="email"' not in page
    assert '<option value="FR" selected>France</option>' in page
    ann.post("/checkout/", {**ADDRESS, "country": "FR", "order": "1", "total": "13.50"})
    order = Order.objects.get()
    assert (order.user, order.total) == (shop.ann, Decimal("13.50"))
    assert ann.get(f"/account/orders/{order.number}/").status_code == 200
    other = Client()
    other.force_login(shop.ben)
    assert other.get(f"/checkout/{order.number}/").status_code == 404


def test_the_price_is_the_shops(client: Client, shop: SimpleNamespace) -> None:
    fill(client, shop.lamp)
    answer = client.post("/checkout/", {**GUEST, "total": "0.01", "price": "0.01"})
    assert answer.status_code == 200
    assert "The total has changed." in answer.content.decode()
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"email": ""}, {"email": "ada"}, {"name": ""}, {"country": "XX"}, {"country": ""}, {"street": "x" * 201}]
)
def test_a_wrong_address_is_told_beside_the_field(client: Client, shop: SimpleNamespace, wrong: dict[str, str]) -> None:
    fill(client, shop.lamp)
    answer = client.post("/checkout/", {**GUEST, "total": "13.45", **wrong})
    assert list(answer.context["form"].errors) == list(wrong)
    page = answer.content.decode()
    assert 'aria-invalid="true"' in page
    assert f'id="id_{next(iter(wrong))}_error"' in page
    assert not Order.objects.exists()


def test_delivery_is_worked_out_again_without_a_word_about_what_is_missing(client: Client, shop: SimpleNamespace) -> None:
    fill(client, shop.lamp)
    answer = client.post("/checkout/", {"country": "PL", "name": "Ada", "recount": "1"})
    page = answer.content.decode()
    assert answer.context["totals"].delivery == Decimal("9.50")
    assert "Order for £19.00" in page
    assert 'value="Ada"' in page
    assert "aria-invalid" not in page


def test_too_late_is_said_in_the_cart(client: Client, shop: SimpleNamespace) -> None:
    fill(client, shop.lamp)
    Product.objects.update(stock=0)
    answer = client.post("/checkout/", {**GUEST, "total": "13.45"}, follow=True)
    assert "There is not enough of “Red lamp” any more." in answer.content.decode()
    Product.objects.update(stock=9)
    Coupon.objects.create(code="TEN", percent=10)
    client.post("/cart/coupon/", {"code": "TEN"})
    Coupon.objects.all().delete()
    answer = client.post("/checkout/", {**GUEST, "total": "13.45"}, follow=True)
    assert "This code cannot be used for this cart." in answer.content.decode()
    assert (Order.objects.count(), Cart.objects.get().state) == (0, "open")


def test_the_form_takes_few_queries(client: Client, shop: SimpleNamespace, django_assert_num_queries: Any) -> None:
    fill(client, shop.lamp)
    fill(client, shop.cup)
    with django_assert_num_queries(6):
        client.get("/checkout/")
