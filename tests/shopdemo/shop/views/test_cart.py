from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from shopdemo.shop.models import Cart, CartLine, Coupon

pytestmark = pytest.mark.django_db
REFUSED = "This code cannot be used for this cart."


def add(client: Client, shop: SimpleNamespace, name: str = "cup", **sent: Any) -> Any:
    return client.post(f"/cart/add/{getattr(shop, name).pk}/", {"quantity": 1, **sent})


def test_a_visitor_fills_a_cart(client: Client, shop: SimpleNamespace, django_assert_num_queries: Any) -> None:
    answer = add(client, shop, quantity=2)
    assert (answer.status_code, answer["Location"]) == (302, "/cart/")
    add(client, shop, "lamp")
    client.get("/cart/")
    with django_assert_num_queries(6):
        page = client.get("/cart/")
    text = page.content.decode()
    assert [(line.product.code, line.quantity) for line in page.context["lines"]] == [("C1", 2), ("L1", 1)]
    assert "£22.50 more, and delivery is free." in text
    assert "£21.45" in text
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("quantity", ["0", "-3", "100", "x", ""])
def test_an_odd_quantity_is_refused(client: Client, shop: SimpleNamespace, quantity: str) -> None:
    add(client, shop, quantity=quantity)
    assert not Cart.objects.exists()
    assert "This could not be put into your cart." in client.get("/cart/").content.decode()


def test_what_is_not_on_sale_cannot_be_added(client: Client, shop: SimpleNamespace) -> None:
    assert add(client, shop, "old").status_code == 404
    add(client, shop, "gone")
    assert not CartLine.objects.exists()


@pytest.mark.parametrize(
    ("target", "goes"),
    [("/products/?page=2", "/products/?page=2"), ("https://evil.test/", "/cart/"), ("//evil.test/", "/cart/"), ("", "/cart/")],
)
def test_one_is_sent_on_within_the_shop_only(client: Client, shop: SimpleNamespace, target: str, goes: str) -> None:
    assert add(client, shop, next=target)["Location"] == goes


def test_quantities_are_changed_and_lines_removed(client: Client, shop: SimpleNamespace) -> None:
    add(client, shop)
    add(client, shop, "lamp")
    cup, lamp = CartLine.objects.order_by("pk")
    client.post("/cart/update/", {f"quantity-{cup.pk}": "5", f"quantity-{lamp.pk}": "many"})
    assert list(CartLine.objects.order_by("pk").values_list("quantity", flat=True)) == [5, 1]
    client.post("/cart/update/", {f"quantity-{cup.pk}": "7", "remove": str(lamp.pk)})
    assert list(CartLine.objects.values_list("pk", "quantity")) == [(cup.pk, 5)]
    client.post("/cart/update/", {f"quantity-{cup.pk}": "0"})
    assert "Your cart is empty." in client.get("/cart/").content.decode()


def test_another_persons_line_is_out_of_reach(client: Client, shop: SimpleNamespace) -> None:
    hers = CartLine.objects.create(cart=Cart.objects.create(user=shop.ann), product=shop.cup, quantity=2)
    add(client, shop, "lamp")
    client.post("/cart/update/", {f"quantity-{hers.pk}": "9"})
    client.post("/cart/update/", {"remove": str(hers.pk)})
    hers.refresh_from_db()
    assert hers.quantity == 2
    assert "BLUE CUP" not in client.get("/cart/").content.decode()


def test_a_coupon_counts_until_it_is_taken_off(client: Client, shop: SimpleNamespace) -> None:
    Coupon.objects.create(code="TEN", percent=10)
    add(client, shop, "lamp")
    client.post("/cart/coupon/", {"code": "ten"})
    page = client.get("/cart/").content.decode()
    assert "Coupon TEN is used." in page
    assert "<dd>\u2212£0.95</dd>" in page
    client.post("/cart/coupon/", {"remove": "1"})
    assert "Coupon TEN" not in client.get("/cart/").content.decode()


def test_every_refusal_reads_the_same(client: Client, shop: SimpleNamespace) -> None:
    Coupon.objects.create(code="OFF", percent=10, is_active=False)
    Coupon.objects.create(code="LARGE", percent=10, min_total=100)
    add(client, shop)
    for code in ("OFF", "LARGE", "NONE", "", "x" * 50):
        client.post("/cart/coupon/", {"code": code})
        assert client.get("/cart/").content.decode().count(REFUSED) == 1


def test_a_coupon_that_no_longer_counts_is_left_out(client: Client, shop: SimpleNamespace) -> None:
    coupon = Coupon.objects.create(code="TEN", percent=10)
    add(client, shop)
    client.post("/cart/coupon/", {"code": "TEN"})
    coupon.is_active = False
    coupon.save()
    assert "TEN" not in client.get("/cart/").content.decode()


def test_changes_need_the_token(shop: SimpleNamespace) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in (f"/cart/add/{shop.cup.pk}/", "/cart/update/", "/cart/coupon/", "/account/log-in/", "/account/sign-up/"):
        assert strict.post(address, {"quantity": 1}).status_code == 403
    assert not Cart.objects.exists()


def test_the_cart_follows_into_the_account(client: Client, shop: SimpleNamespace) -> None:
    add(client, shop)
    client.post("/account/log-in/", {"username": "ann@example.com", "password": "Xa9-kept-safe"})
    assert Cart.objects.get().user == shop.ann
    client.post("/account/log-out/")
    assert "Your cart is empty." in client.get("/cart/").content.decode()
