"""A small shop: lamps, cups and one of each oddity, and two customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client

from personalization.content.published import publisher
from shopdemo.shop.models import Category, Order, OrderLine, Product, User
from tests.shopdemo.shop.trained import forget

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
PASSWORD = "Xa9-kept-safe"


@pytest.fixture(autouse=True)
def _forget(db: None) -> Iterator[None]:
    """What is remembered for a while is forgotten between tests.

    That there are no slots is known before a test begins, so that none counts the query that asks for them.
    """
    cache.clear()
    publisher.forget()
    publisher.current()
    forget()
    yield
    cache.clear()
    publisher.forget()
    forget()


def product(code: str, title: str, price: str, category: Category | None = None, **fields: object) -> Product:
    """A product with 9 in stock, unless said otherwise."""
    values = {"stock": 9, "slug": title.lower().replace(" ", "-"), "created_at": NOW - dt.timedelta(days=90), **fields}
    return Product.objects.create(code=code, title=title, price=Decimal(price), category=category, **values)


@pytest.fixture
def shop(db: None) -> SimpleNamespace:
    """Things by name: `lamp`, `lantern`, `cup`, `gone` (sold out), `old` (not on sale); `lights`, `kitchen`; `ann`, `ben`."""
    lights = Category.objects.create(name="Lighting & Candles", slug="lighting-candles")
    kitchen = Category.objects.create(name="Kitchen & Dining", slug="kitchen-dining")
    Category.objects.create(name="Empty", slug="empty")
    return SimpleNamespace(
        lights=lights,
        kitchen=kitchen,
        lamp=product("L1", "RED LAMP", "9.50", lights),
        lantern=product("L2", "PAPER LANTERN", "1.25", lights, stock=3),
        cup=product("C1", "BLUE CUP", "4.00", kitchen, created_at=NOW - dt.timedelta(days=3)),
        gone=product("C2", "GREEN CUP", "6.00", kitchen, stock=0),
        old=product("O1", "OLD LAMP", "2.00", lights, is_active=False),
        ann=User.objects.create_user("ann@example.com", PASSWORD, first_name="Ann", country="FR"),
        ben=User.objects.create_user("ben@example.com", PASSWORD, first_name="Ben"),
    )


@pytest.fixture
def ann(client: Client, shop: SimpleNamespace) -> Client:
    """A browser in which Ann is logged in."""
    client.force_login(shop.ann)
    return client


def order_of(user: User | None, number: str, *bought: Product, at: dt.datetime = NOW, **fields: object) -> Order:
    """An order of one each."""
    total = sum((thing.price for thing in bought), Decimal(0))
    order = Order.objects.create(number=number, user=user, placed_at=at, total=total, country="GB", **fields)
    for thing in bought:
        OrderLine.objects.create(
            order=order, product=thing, title=thing.title, quantity=1, unit_price=thing.price, line_total=thing.price
        )
    return order
