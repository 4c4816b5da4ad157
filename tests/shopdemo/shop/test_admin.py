from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from shopdemo.shop.models import Cart, CartLine, Category, Coupon, DataLoad, Order, OrderLine, Product, Refund, User, WishlistItem

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
MODELS = (Cart, Category, Coupon, DataLoad, Order, Product, Refund, User, WishlistItem)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("owner@example.com", "secret"))
    return client


def fill(count: int) -> None:
    """So many of everything, each with relatives of its own."""
    start = Order.objects.count()
    for number in range(start, start + count):
        user = User.objects.create_user(f"customer-{number}@example.com")
        category = Category.objects.create(name=f"Shelf {number}", slug=f"shelf-{number}")
        product = Product.objects.create(code=str(number), title=f"CUP {number}", slug="cup", category=category, price=1)
        order = Order.objects.create(number=str(number), user=user, total=1, placed_at=AT)
        OrderLine.objects.create(order=order, product=product, title="CUP", unit_price=1, line_total=1)
        Refund.objects.create(number=f"C{number}", user=user, order=order, amount=1, at=AT)
        CartLine.objects.create(cart=Cart.objects.create(user=user), product=product)
        WishlistItem.objects.create(user=user, product=product)
        Coupon.objects.create(code=f"C{number}", percent=5)
        DataLoad.objects.create(name=str(number), weeks=1, last_at=AT, finished_at=AT)


@pytest.mark.parametrize("model", MODELS)
def test_lists_take_as_many_queries_for_many_rows_as_for_few(
    staff: Client, model: Any, django_assert_max_num_queries: Any
) -> None:
    url = reverse(f"admin:shop_{model._meta.model_name}_changelist")
    fill(2)
    with django_assert_max_num_queries(20) as few:
        assert staff.get(url).status_code == 200
    fill(6)
    with django_assert_max_num_queries(len(few)) as many:
        assert staff.get(url).status_code == 200
    assert len(many) == len(few)


@pytest.mark.parametrize("model", MODELS)
def test_lists_can_be_searched_and_rows_opened(staff: Client, model: Any) -> None:
    fill(1)
    name = f"admin:shop_{model._meta.model_name}"
    assert staff.get(reverse(f"{name}_changelist"), {"q": "customer"}).status_code in {200, 302}
    assert staff.get(reverse(f"{name}_change", args=[model.objects.latest("pk").pk])).status_code == 200


def test_big_tables_are_named_by_raw_id() -> None:
    for model, fields in {
        Order: ("user",),
        Refund: ("user", "order"),
        Cart: ("user",),
        WishlistItem: ("user", "product"),
    }.items():
        assert tuple(site.get_model_admin(model).raw_id_fields) == fields
        assert site.get_model_admin(model).autocomplete_fields == ()


def order_form(order: Order, line: OrderLine, **changes: str) -> dict[str, str]:
    return {
        "number": order.number,
        "user": str(order.user_id),
        "email": "",
        "placed_at_0": "2026-03-01",
        "placed_at_1": "12:00:00",
        "status": "placed",
        "currency": "GBP",
        "total": "1.00",
        "country": "GB",
        "coupon_code": "",
        "simulated_fields": "[]",
        "address-TOTAL_FORMS": "0",
        "address-INITIAL_FORMS": "0",
        "lines-TOTAL_FORMS": "2",
        "lines-INITIAL_FORMS": "1",
        "lines-0-id": str(line.pk),
        "lines-0-order": str(order.pk),
        "lines-0-product": str(line.product_id),
        "lines-0-title": line.title,
        "lines-0-quantity": "3",
        "lines-0-unit_price": "1.00",
        "lines-0-line_total": "3.00",
        "lines-1-order": str(order.pk),
        "lines-1-product": "",
        "lines-1-title": "POSTAGE",
        "lines-1-quantity": "1",
        "lines-1-unit_price": "4.00",
        "lines-1-line_total": "4.00",
        **changes,
    }


def test_saving_an_order_saves_its_lines_and_leaves_the_total_alone(staff: Client) -> None:
    fill(1)
    order = Order.objects.get()
    url = reverse("admin:shop_order_change", args=[order.pk])
    answer = staff.post(url, order_form(order, order.lines.get(), status="cancelled"))
    assert answer.status_code == 302
    order.refresh_from_db()
    assert (order.status, order.total, order.placed_at) == ("cancelled", Decimal("1.00"), AT)
    assert list(order.lines.order_by("pk").values_list("title", "quantity", "line_total")) == [
        ("CUP", 3, Decimal("3.00")),
        ("POSTAGE", 1, Decimal("4.00")),
    ]


def test_an_order_is_refused_beside_the_field(staff: Client) -> None:
    fill(1)
    order = Order.objects.get()
    url = reverse("admin:shop_order_change", args=[order.pk])
    answer = staff.post(url, order_form(order, order.lines.get(), user="999999"))
    assert answer.status_code == 200
    assert "user" in answer.context["adminform"].form.errors


def test_the_total_is_set_from_the_lines_when_asked(staff: Client) -> None:
    fill(2)
    OrderLine.objects.create(order=Order.objects.get(number="0"), title="POSTAGE", unit_price=4, line_total=4)
    chosen = list(Order.objects.values_list("pk", flat=True))
    url = reverse("admin:shop_order_changelist")
    answer = staff.post(url, {"action": "total_from_lines", "_selected_action": chosen}, follow=True)
    assert "1 total changed." in answer.content.decode()
    assert Order.objects.get(number="0").total == Decimal("5.00")


def test_an_account_is_added_with_an_email(staff: Client) -> None:
    form = {"email": "New@example.com", "usable_password": "true", "password1": "Xa9-kept-safe", "password2": "Xa9-kept-safe"}
    answer = staff.post(reverse("admin:shop_user_add"), form)
    assert answer.status_code == 302
    assert User.objects.get(email="new@example.com").check_password("Xa9-kept-safe")


def test_what_was_loaded_is_read_only(staff: Client) -> None:
    fill(1)
    url = reverse("admin:shop_dataload_delete", args=[DataLoad.objects.get().pk])
    assert staff.get(url).status_code == 403
    assert staff.get(reverse("admin:shop_dataload_add")).status_code == 403


def test_a_product_leads_to_what_is_recommended_on_its_page(staff: Client) -> None:
    fill(1)
    product = Product.objects.get()
    page = staff.get(reverse("admin:shop_product_change", args=[product.pk])).content.decode()
    preview = reverse("admin:regulars_personalization_preview_recommendations")
    assert f'href="{preview}?strategy=similar&amp;products={product.pk}"' in page
