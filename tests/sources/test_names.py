from __future__ import annotations

import pytest

from segmentation.sources.canonical import Customers, Orders
from segmentation.sources.names import RESERVED, bad_name, close_name


@pytest.mark.parametrize("name", ["total", "a", "page_views_2", "totals", "monthly"])
def test_good_names(name):
    assert bad_name(name) is None


@pytest.mark.parametrize("name", ["", "Total", "2nd", "_total", "wert\u00fc", "a-b", "a b", "total\n"])
def test_names_that_are_no_identifiers(name):
    assert bad_name(name) == f'"{name}" is no name for a column: use a-z, 0-9 and _, a letter first'


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_words_of_the_language_are_no_names(name):
    assert bad_name(name) == f'"{name}" is a word of the rule language'


@pytest.mark.parametrize(
    ("name", "meant"),
    [("birthdate", "birth_date"), ("first_names", "first_name"), ("accept_email", "accepts_email"), ("joined", "joined_at")],
)
def test_slips_are_recognised(name, meant):
    assert close_name(name, Customers.specs) == meant


@pytest.mark.parametrize("name", ["last_name", "postcode", "loyalty_card", "updated_at", "newsletter"])
def test_names_of_a_shops_own_are_no_slips(name):
    assert close_name(name, Customers.specs) is None


@pytest.mark.parametrize("name", ["subtotal", "shipping", "paid_at", "gift_wrap"])
def test_order_columns_of_a_shops_own_are_no_slips(name):
    assert close_name(name, Orders.specs) is None
