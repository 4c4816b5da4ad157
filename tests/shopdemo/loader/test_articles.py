from __future__ import annotations

import datetime as dt

from shopdemo.loader.articles import Article, articles_of
from shopdemo.loader.invoices import Invoice, InvoiceLine
from tests.shopdemo.wall import wall

FIRST = wall("2011-01-03 09:00")
SECOND = wall("2011-01-04 09:00")


def order(at: dt.datetime, *lines: InvoiceLine) -> Invoice:
    return Invoice("1", at, 1, "France", list(lines))


def test_title_and_price_are_the_most_frequent_and_the_day_the_first() -> None:
    orders = [
        order(FIRST, InvoiceLine("22423", "CAKESTAND", 1, 12750), InvoiceLine("22423", "REGENCY CAKESTAND", 1, 10950)),
        order(SECOND, InvoiceLine("22423", "REGENCY CAKESTAND", 9, 10950), InvoiceLine("22423", "", 1, 0)),
    ]
    assert articles_of(orders) == [Article("22423", "REGENCY CAKESTAND", "Kitchen & Dining", 1095, FIRST)]


def test_equals_are_settled_by_order_of_value() -> None:
    orders = [order(FIRST, InvoiceLine("1", "B CUP", 1, 200), InvoiceLine("1", "A CUP", 1, 100))]
    assert articles_of(orders) == [Article("1", "A CUP", "Kitchen & Dining", 10, FIRST)]


def test_charges_are_no_articles() -> None:
    assert articles_of([order(FIRST, InvoiceLine("POST", "POSTAGE", 1, 18000))]) == []


def test_an_article_only_given_away_costs_nothing_and_is_named_by_its_code() -> None:
    assert articles_of([order(FIRST, InvoiceLine("84535B", "", 16, 0))]) == [Article("84535B", "84535B", "Other", 0, FIRST)]
