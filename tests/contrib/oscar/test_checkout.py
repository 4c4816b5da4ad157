"""Orders through Oscar's own views; our receivers hear them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from oscar.core.loading import get_model
from oscar.test.factories import create_voucher

from segmentation.errors import SourceError
from segmentation.membership import changes
from segmentation.profiles import guest_key, user_key
from segmentation.testing import make_segment, refresh_now
from tests.contrib.oscar.memberships import members, same_after_refresh
from tests.contrib.oscar.storefront import Shopper

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("countries")]

DAN = "Dan@Guest.test"

RULES = {
    "buyers": "orders.count() >= 1",
    "spenders": "orders.sum(total) >= 25",
    "two-lamps": "order_lines.sum(quantity) >= 2",
    "french": 'orders.count(where country = "FR") >= 1',
    "vouchers": 'orders.count(where coupon_code = "SPRING") >= 1',
    "refunded": "refunds.sum(amount) >= 4",
}


@pytest.fixture
def segments(alice) -> None:
    for slug, rule in RULES.items():
        make_segment(slug, rule)
    refresh_now()


@pytest.mark.usefixtures("segments")
def test_a_guest_buys(lamp):
    order = Shopper().buy(lamp, 3, email=DAN, country="FR")

    assert (order.user, order.guest_email, order.total_incl_tax) == (None, "Dan@guest.test", 30)
    dan = {guest_key(DAN)}
    assert same_after_refresh() == {"buyers": dan, "spenders": dan, "two-lamps": dan, "french": dan}


@pytest.mark.usefixtures("segments")
def test_a_customer_buys_with_a_voucher(alice, lamp):
    create_voucher(code="SPRING")
    shopper = Shopper(alice)
    shopper.add(lamp, 3)
    shopper.post("basket:vouchers-add", code="SPRING")
    shopper.check_out()

    order = Order.objects.get()
    assert (order.user, order.total_incl_tax) == (alice, 24)  # the voucher takes a fifth
    people = {user_key(alice.pk)}
    assert same_after_refresh() == {"buyers": people, "two-lamps": people, "vouchers": people}


@pytest.mark.usefixtures("segments")
@pytest.mark.parametrize("end", ["Cancelled", "Returned"])
def test_an_order_that_ends_dead(alice, lamp, end):
    order = Shopper(alice).buy(lamp, 3)
    assert members().keys() == {"buyers", "spenders", "two-lamps"}

    if end == "Returned":
        order.set_status("Complete")
        assert members().keys() == {"buyers", "spenders", "two-lamps"}
    order.set_status(end)
    assert same_after_refresh() == {}


@pytest.mark.usefixtures("segments")
def test_money_given_back(alice, lamp):
    order = Shopper(alice).buy(lamp)
    kind = get_model("payment", "SourceType").objects.create(name="Card")
    payment = order.sources.create(source_type=kind, currency="GBP", amount_debited=10)
    assert "refunded" not in members()

    payment.refund(4)
    assert same_after_refresh()["refunded"] == {user_key(alice.pk)}


@pytest.mark.usefixtures("segments")
def test_a_guest_who_has_an_account_stays_a_guest(alice, lamp, settings):
    settings.OSCAR_ALLOW_GUEST_CHECKOUT_WITH_ACCOUNT = True
    Shopper().buy(lamp, email="alice@shop.test")

    assert same_after_refresh() == {"buyers": {guest_key("alice@shop.test")}}


@pytest.mark.usefixtures("segments")
def test_a_customer_who_deletes_her_account_leaves_an_order_of_nobody(alice, lamp):
    order = Shopper(alice).buy(lamp, 3)
    alice.delete()

    order.refresh_from_db()
    assert (order.user, order.guest_email) == (None, "")
    assert same_after_refresh() == {}


@pytest.mark.usefixtures("segments")
def test_a_shop_with_a_transaction_around_each_page(alice, lamp, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    Shopper(alice).buy(lamp, 3)

    people = {user_key(alice.pk)}
    assert same_after_refresh() == {"buyers": people, "spenders": people, "two-lamps": people}


# A receiver that raises loses Oscar's sale: the order is written, the customer told that it failed, the basket open again.


@pytest.mark.usefixtures("segments")
@pytest.mark.parametrize(("error", "atomic"), [(SourceError("no such column"), False), (ZeroDivisionError(), True)])
def test_a_failure_of_ours_loses_no_sale(alice, lamp, monkeypatch, caplog, error, atomic):
    def fail(*arguments: Any, **options: Any) -> None:
        raise error

    monkeypatch.setattr(changes, "follow", fail)
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", atomic)
    Shopper(alice).buy(lamp)

    assert Basket.objects.get().status == "Submitted"
    assert "the next refresh will see them" in caplog.text
    assert members() == {}
    refresh_now()
    assert members() == {"buyers": {user_key(alice.pk)}}
