from __future__ import annotations

import datetime as dt

from shopdemo.loader.customers import Customer, customers_of, guest_email
from shopdemo.loader.invoices import Invoice
from tests.shopdemo.wall import wall

FIRST = wall("2011-01-03 09:00")
SECOND = wall("2011-01-04 09:00")


def invoice(number: str, at: dt.datetime, customer: int | None, country: str) -> Invoice:
    return Invoice(number, at, customer, country, [])


def test_a_customer_joined_before_her_first_invoice_and_lives_where_the_last_went() -> None:
    found = customers_of([invoice("C1", FIRST, 12431, "Belgium"), invoice("2", SECOND, 12431, "Australia")])
    assert found == [Customer(12431, "AU", FIRST - dt.timedelta(hours=1 + 12431 % 72))]
    assert found[0].email == "customer-12431@example.com"


def test_customers_come_by_number_and_guests_are_none() -> None:
    found = customers_of(
        [invoice("1", FIRST, 3, "Unspecified"), invoice("2", FIRST, 1, "EIRE"), invoice("3", FIRST, None, "USA")]
    )
    assert [(customer.number, customer.country) for customer in found] == [(1, "IE"), (3, "")]


def test_the_file_has_4372_customers(invoices: list[Invoice]) -> None:
    found = customers_of(invoices)
    assert len(found) == 4_372
    assert (found[0].number, found[-1].number) == (12346, 18287)


def test_each_guest_order_has_an_address_of_its_own() -> None:
    assert guest_email(invoice("536544", FIRST, None, "United Kingdom")) == "guest-536544@guests.example.com"
