from __future__ import annotations

import pytest

from segmentation.errors import SourceError
from segmentation.sources.stored.plain_columns import columns_of, delimiter_of


def test_columns_are_known_by_their_names():
    head = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country", "else"]
    assert columns_of("f", head) == {
        "order": "InvoiceNo",
        "product": "StockCode",
        "title": "Description",
        "quantity": "Quantity",
        "date": "InvoiceDate",
        "price": "UnitPrice",
        "customer": "CustomerID",
        "country": "Country",
    }


def test_the_likeliest_of_several_and_the_first_of_one_name():
    found = columns_of("f", ["time", "date", "user_id", "Customer", "item", "ITEM"])
    assert found == {"date": "date", "customer": "Customer", "product": "item"}


def test_somebody_knows_better():
    found = columns_of("f", ["household", "item", "time", "date"], ["customer=Household", "date=time"])
    assert found == {"customer": "household", "product": "item", "date": "time"}


@pytest.mark.parametrize(
    ("head", "said", "why"),
    [
        (["who", "sku"], [], "no column is known as customer, date; its head is “who, sku”"),
        (["customer", "sku", "date"], ["custmer=who"], "before the sign stands one of customer, order"),
        (["customer", "sku", "date"], ["customer=who"], "--column customer=who: the file has no such column"),
    ],
)
def test_what_is_missing(head, said, why):
    with pytest.raises(SourceError, match=why):
        columns_of("f", head, said)


@pytest.mark.parametrize(
    ("line", "sign"), [("a,b,c", ","), ("a;b", ";"), ('"a,b,c";d', ";"), ("a\tb", "\t"), ("a|b|c", "|"), ("alone", ",")]
)
def test_what_stands_between_cells(line, sign):
    assert delimiter_of(line) == sign
