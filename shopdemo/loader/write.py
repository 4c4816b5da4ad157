"""Writes what the file told into the shop's tables, in batches and without a signal.

Times are wall times of the file; each function gets the weeks by which they move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from shopdemo.loader.articles import Article
from shopdemo.loader.batches import create_in_batches, insert_in_batches
from shopdemo.loader.categories import CATEGORIES
from shopdemo.loader.countries import country_code
from shopdemo.loader.customers import Customer, guest_email
from shopdemo.loader.dates import moved
from shopdemo.loader.invoices import Invoice
from shopdemo.loader.money import pounds
from shopdemo.progress import Progress
from shopdemo.shop.models import Category, Order, OrderLine, Product, Refund, User

CURRENCY = "GBP"


def write_products(articles: Sequence[Article], weeks: int, progress: Progress) -> dict[str, int]:
    """Categories and products; the primary key of each stock code."""
    categories = {
        category.name: category
        for category in Category.objects.bulk_create(Category(name=name, slug=slugify(name)) for name in CATEGORIES)
    }
    products = (
        Product(
            code=article.code,
            title=article.title,
            slug=slugify(f"{article.title}-{article.code}"),
            category=categories[article.category],
            price=pounds(article.price),
            is_active=article.price > 0,
            created_at=moved(article.first_at, weeks),
        )
        for article in articles
    )
    create_in_batches(Product, products, total=len(articles), label="products", progress=progress)
    return dict(Product.objects.values_list("code", "pk"))


def write_users(customers: Sequence[Customer], weeks: int, progress: Progress) -> dict[int, int]:
    """Accounts nobody can log in to; the primary key of each customer number."""
    users = (
        User(
            email=customer.email,
            password=make_password(None),
            country=customer.country,
            date_joined=moved(customer.joined_at, weeks),
            simulated_fields=["email", "date_joined"],
        )
        for customer in customers
    )
    create_in_batches(User, users, total=len(customers), label="customers", progress=progress)
    keys = dict(User.objects.values_list("email", "pk"))
    return {customer.number: keys[customer.email] for customer in customers}


def write_orders(invoices: Sequence[Invoice], users: Mapping[int, int], weeks: int, progress: Progress) -> dict[str, int]:
    """Orders of customers and guests; the primary key of each number. The total is the sum of all lines, postage too."""
    orders = (_order(invoice, users, weeks) for invoice in invoices)
    create_in_batches(Order, orders, total=len(invoices), label="orders", progress=progress)
    return dict(Order.objects.values_list("number", "pk"))


def _order(invoice: Invoice, users: Mapping[int, int], weeks: int) -> Order:
    order = Order(
        number=invoice.number,
        placed_at=moved(invoice.at, weeks),
        currency=CURRENCY,
        total=pounds(invoice.total),
        country=country_code(invoice.country),
    )
    if invoice.customer is None:
        order.email = guest_email(invoice)
        order.simulated_fields = ["email"]
    else:
        order.user_id = users[invoice.customer]
    return order


LINE_COLUMNS = ("order_id", "product_id", "title", "quantity", "unit_price", "line_total")


def write_lines(invoices: Sequence[Invoice], orders: Mapping[str, int], products: Mapping[str, int], progress: Progress) -> None:
    """The lines of these orders; those of charges and fees have no product."""
    total = sum(len(invoice.lines) for invoice in invoices)
    rows = _lines(invoices, orders, products)
    insert_in_batches(OrderLine, LINE_COLUMNS, rows, total=total, label="order lines", progress=progress)


def _lines(invoices: Sequence[Invoice], orders: Mapping[str, int], products: Mapping[str, int]) -> Iterator[tuple[Any, ...]]:
    """The values of `LINE_COLUMNS`."""
    for invoice in invoices:
        order = orders[invoice.number]
        for line in invoice.lines:
            title = line.title or line.code
            yield order, products.get(line.code), title, line.quantity, pounds(line.price), pounds(line.total)


def write_refunds(invoices: Sequence[Invoice], users: Mapping[int, int], weeks: int, progress: Progress) -> None:
    """A refund for each cancellation, of no order: the file does not say which one was cancelled."""
    refunds = (
        Refund(
            number=invoice.number,
            user_id=users[invoice.customer],
            amount=pounds(-invoice.total),
            currency=CURRENCY,
            at=moved(invoice.at, weeks),
        )
        for invoice in invoices
        if invoice.customer is not None
    )
    create_in_batches(Refund, refunds, total=len(invoices), label="refunds", progress=progress)
