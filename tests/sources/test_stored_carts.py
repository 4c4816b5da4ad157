from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from segmentation import receivers
from segmentation.membership import define, refresh
from segmentation.models import ImportedCart, ImportedCartLine
from segmentation.sources.stored import record_cart, stored_cart_lines, stored_carts
from shopdemo.source import DemoSource
from tests.cast import key_of, members

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
LAMP = {"product_id": 11, "quantity": 2, "line_total": "80.00"}


class SessionShop(DemoSource):
    """Its carts live in the session."""

    carts = stored_carts()
    cart_lines = stored_cart_lines()


def cart():
    return ImportedCart.objects.values(
        "cart_id", "customer", "email", "visitor", "state", "currency", "total", "updated_at"
    ).get()


def test_a_cart_is_kept_as_it_is(alice):
    record_cart("c1", [LAMP], customer=alice.pk, currency="GBP", now=NOW)

    assert cart() == {
        "cart_id": "c1",
        "customer": str(alice.pk),
        "email": "",
        "visitor": "",
        "state": "open",
        "currency": "GBP",
        "total": Decimal(80),
        "updated_at": NOW,
    }
    assert list(ImportedCartLine.objects.values_list("product_id", "quantity", "line_total")) == [("11", 2, 80)]


def test_showing_it_again_changes_nothing_and_changing_it_dates_it():
    for moment, lines in ((NOW, [LAMP]), (LATER, [LAMP])):
        record_cart("c1", lines, visitor="v1", now=moment)
    assert cart()["updated_at"] == NOW

    record_cart("c1", [], visitor="v1", now=LATER)
    assert (cart()["updated_at"], cart()["total"]) == (LATER, 0)
    assert not ImportedCartLine.objects.exists()


def test_a_cart_is_ordered_by_who_turns_out_to_be_a_guest():
    record_cart("c1", [LAMP], visitor="v1", now=NOW)
    record_cart("c1", [LAMP], email="ada@example.com", state="ordered", now=LATER)

    assert (cart()["email"], cart()["state"], cart()["visitor"]) == ("ada@example.com", "ordered", "")


def test_without_prices_there_is_no_total():
    record_cart("c1", iter([LAMP, {"product_id": 12, "quantity": 1}]), visitor="v1", now=NOW)

    assert cart()["total"] is None
    assert ImportedCartLine.objects.count() == 2


@pytest.mark.parametrize("lines", [None, [None], 7])
def test_nothing_is_raised_into_the_shop(lines, caplog):
    record_cart("c1", lines, visitor="v1", now=NOW)

    assert caplog.messages == ["a cart could not be recorded"]
    assert not ImportedCart.objects.exists()


def test_a_bad_cart_is_logged(caplog):
    record_cart("c1", [{"product_id": 11}], visitor="v1", now=NOW)

    assert caplog.record_tuples == [
        ("segmentation.sources.stored.carts", logging.ERROR, "a cart could not be recorded: lines[0].quantity is required")
    ]
    assert not ImportedCart.objects.exists()


def test_any_source_may_map_them(use_source):
    assert use_source(SessionShop).problems() == []


def test_segments_ask_about_them(alice, bob, use_source):
    use_source(SessionShop)
    define("open-cart", 'carts.count(where state = "open" and total >= 50, last 7 days) >= 1', now=NOW)
    define("lamp-in-cart", 'cart_lines.sum(quantity, where product_id = "11") >= 2', now=NOW)
    record_cart("c1", [LAMP], customer=alice.pk, now=NOW - timedelta(days=1))
    record_cart("c2", [{**LAMP, "line_total": 20}], customer=bob.pk, now=NOW - timedelta(days=1))

    refresh(now=NOW)

    assert members("open-cart") == {key_of(alice)}
    assert members("lamp-in-cart") == {key_of(alice), key_of(bob)}


def test_a_cart_is_followed_at_once(alice, use_source, configure, django_capture_on_commit_callbacks):
    use_source(SessionShop)
    receivers.connect()
    define("open-cart", 'carts.count(where state = "open") >= 1', now=NOW)
    refresh(now=NOW)
    configure(CHANGES="inline")

    with django_capture_on_commit_callbacks(execute=True):
        record_cart("c1", [LAMP], customer=alice.pk, now=NOW)
        assert members("open-cart") == set()

    assert members("open-cart") == {key_of(alice)}


def test_what_a_cart_costs(django_assert_num_queries):
    record_cart("c1", [LAMP], visitor="v1", now=NOW)

    with django_assert_num_queries(4):  # a savepoint, the cart, its lines, and out again
        record_cart("c1", [LAMP], visitor="v1", now=LATER)
    with django_assert_num_queries(6):
        record_cart("c1", [LAMP, LAMP], visitor="v1", now=LATER)
