from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from shopdemo.shop.models import OrderLine, User, WishlistItem
from tests.shopdemo.shop.conftest import NOW, PASSWORD, order_of
from tests.statements import reading

pytestmark = pytest.mark.django_db
DETAILS = {
    "first_name": "Ann",
    "last_name": "Lee",
    "birth_date": "1980-05-01",
    "gender": "female",
    "city": "Lyon",
    "country": "FR",
    "language": "fr",
    "accepts_email": "on",
}


def test_pages_of_an_account_ask_for_a_log_in(client: Client, shop: SimpleNamespace) -> None:
    for address in ("/account/", "/account/orders/", "/account/orders/1/", "/account/wishlist/", "/account/password/"):
        assert client.get(address)["Location"] == f"/account/log-in/?next={address}"


def test_signing_up_logs_in(client: Client, shop: SimpleNamespace) -> None:
    form = {"email": "New@Example.com", "password1": PASSWORD, "password2": PASSWORD, "next": "/checkout/"}
    answer = client.post("/account/sign-up/", form)
    user = User.objects.get(email="new@example.com")
    assert answer["Location"] == "/checkout/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.accepts_email, user.is_staff, user.is_superuser) == (None, False, False)


def test_nobody_makes_herself_staff(client: Client, shop: SimpleNamespace) -> None:
    form = {"email": "n@example.com", "password1": PASSWORD, "password2": PASSWORD, "is_staff": "1", "is_superuser": "1"}
    client.post("/account/sign-up/", {**form, "accepts_email": "on", "next": "https://evil.test/"})
    user = User.objects.get(email="n@example.com")
    assert (user.accepts_email, user.is_staff, user.is_superuser) == (True, False, False)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "ANN@example.com"}, "email"),
        ({"password2": "other"}, "password2"),
        ({"password1": "1", "password2": "1"}, "password2"),
    ],
)
def test_a_wrong_sign_up_is_told(client: Client, shop: SimpleNamespace, wrong: dict[str, str], field: str) -> None:
    form = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD, **wrong}
    answer = client.post("/account/sign-up/", form)
    assert list(answer.context["form"].errors) == [field]
    assert User.objects.count() == 2


def test_log_in_whatever_the_case_and_only_within_the_shop(client: Client, shop: SimpleNamespace) -> None:
    form = {"username": "ANN@example.com", "password": PASSWORD, "next": "https://evil.test/"}
    assert client.post("/account/log-in/", {**form, "password": "no"}).status_code == 200
    assert client.post("/account/log-in/", form)["Location"] == "/account/"
    assert client.get("/account/log-in/")["Location"] == "/account/"
    assert client.get("/account/log-out/").status_code == 405
    assert client.post("/account/log-out/")["Location"] == "/"


def test_details_are_saved_and_the_language_speaks_at_once(ann: Client, shop: SimpleNamespace) -> None:
    answer = ann.post("/account/", DETAILS)
    shop.ann.refresh_from_db()
    assert (shop.ann.birth_date, shop.ann.gender, shop.ann.country) == (dt.date(1980, 5, 1), "female", "FR")
    assert (shop.ann.language, shop.ann.accepts_email) == ("fr", True)
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "fr"
    ann.post("/account/", {"first_name": "Ann"})
    shop.ann.refresh_from_db()
    assert (shop.ann.birth_date, shop.ann.gender, shop.ann.country, shop.ann.accepts_email) == (None, "", "", False)


@pytest.mark.parametrize(
    "wrong", [{"birth_date": "2999-01-01"}, {"birth_date": "1780-01-01"}, {"country": "XX"}, {"language": "tlh"}, {"gender": "x"}]
)
def test_wrong_details_are_not_saved(ann: Client, shop: SimpleNamespace, wrong: dict[str, str]) -> None:
    answer = ann.post("/account/", {**DETAILS, **wrong})
    assert list(answer.context["form"].errors) == list(wrong)
    shop.ann.refresh_from_db()
    assert shop.ann.last_name == ""


def test_the_email_is_not_changed_by_the_form(ann: Client, shop: SimpleNamespace) -> None:
    ann.post("/account/", {**DETAILS, "email": "ben@example.com", "is_staff": "1"})
    shop.ann.refresh_from_db()
    assert (shop.ann.email, shop.ann.is_staff) == ("ann@example.com", False)


def test_the_password_is_changed_by_whoever_knows_the_old_one(ann: Client, shop: SimpleNamespace) -> None:
    form = {"old_password": "wrong", "new_password1": "Yb8-kept-safe", "new_password2": "Yb8-kept-safe"}
    assert ann.post("/account/password/", form).status_code == 200
    assert ann.post("/account/password/", {**form, "old_password": PASSWORD})["Location"] == "/account/"
    shop.ann.refresh_from_db()
    assert shop.ann.check_password("Yb8-kept-safe")


def test_orders_are_hers_alone(ann: Client, shop: SimpleNamespace) -> None:
    for number in range(8):
        order_of(shop.ann, f"A{number}", shop.cup, at=NOW - dt.timedelta(days=number))
    order_of(shop.ben, "B1", shop.lamp)
    order_of(None, "G1", shop.lamp, email="ann@example.com")
    with reading(7):
        page = ann.get("/account/orders/")
    assert [order.number for order in page.context["page"]] == [f"A{number}" for number in range(8)]
    assert page.context["page"][0].pieces == 1
    for number in ("B1", "G1", "nope"):
        assert ann.get(f"/account/orders/{number}/").status_code == 404
        assert ann.get(f"/checkout/{number}/").status_code == 404


def test_an_order_shows_its_lines_and_its_fees(ann: Client, shop: SimpleNamespace) -> None:
    order = order_of(shop.ann, "A1", shop.cup, shop.old)
    OrderLine.objects.create(order=order, title="POSTAGE", unit_price=Decimal(3), line_total=Decimal("3.00"))
    with reading(7):
        page = ann.get("/account/orders/A1/").content.decode()
    assert "POSTAGE" in page
    assert "£3.00" in page
    assert f'href="/product/{shop.cup.pk}/' in page
    assert f'href="/product/{shop.old.pk}/' not in page


def test_wishes_come_and_go(ann: Client, shop: SimpleNamespace) -> None:
    page = f"/product/{shop.cup.pk}/blue-cup/"
    assert ann.post(f"/account/wishlist/add/{shop.cup.pk}/", {"next": page})["Location"] == page
    ann.post(f"/account/wishlist/add/{shop.cup.pk}/")
    assert list(WishlistItem.objects.values_list("user", "product", "simulated")) == [(shop.ann.pk, shop.cup.pk, False)]
    assert "Take off the wishlist" in ann.get(page).content.decode()
    assert "BLUE CUP" in ann.get("/account/wishlist/").content.decode()
    ann.post(f"/account/wishlist/remove/{shop.cup.pk}/")
    ann.post(f"/account/wishlist/remove/{shop.cup.pk}/")
    assert not WishlistItem.objects.exists()


def test_a_wishlist_is_hers_alone(ann: Client, shop: SimpleNamespace) -> None:
    WishlistItem.objects.create(user=shop.ben, product=shop.lamp)
    for thing in (shop.cup, shop.lantern, shop.gone):
        WishlistItem.objects.create(user=shop.ann, product=thing)
    ann.get("/account/wishlist/")
    with reading(7):
        page = ann.get("/account/wishlist/")
    assert {item.product.code for item in page.context["items"]} == {"C1", "L2", "C2"}
    ann.post(f"/account/wishlist/remove/{shop.lamp.pk}/")
    assert WishlistItem.objects.filter(user=shop.ben).exists()
    assert "Add to wishlist" in ann.get(f"/product/{shop.lamp.pk}/red-lamp/").content.decode()


def test_a_visitor_who_wishes_logs_in_first(client: Client, shop: SimpleNamespace) -> None:
    answer = client.post(f"/account/wishlist/add/{shop.cup.pk}/")
    assert answer["Location"] == f"/account/log-in/?next=%2Fproduct%2F{shop.cup.pk}%2Fblue-cup%2F"
    assert not WishlistItem.objects.exists()
