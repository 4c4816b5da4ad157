from __future__ import annotations

import pytest
from django.db.models import F, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from segmentation.errors import SourceError
from segmentation.sources import Column
from segmentation.sources.stored import StoredSource, stored_carts
from segmentation.sources.stored.cleaning import clean
from segmentation.sources.stored.extras import EVERYTHING, Extras, extras_of, is_read
from shopdemo.source import DemoSource


def extras(relation, **columns):
    source = type("Shop", (StoredSource,), {relation: getattr(StoredSource, relation).replace(**columns)})()
    return extras_of(source, relation)


@pytest.mark.parametrize(
    ("column", "name"),
    [
        (KT("extra__tier"), "tier"),
        (KT("extra__loyalty__tier"), "loyalty"),
        (Coalesce(KT("extra__tier"), Value(""), output_field=TextField()), "tier"),
        (F("extra__tier"), "tier"),
        ("extra__tier", "tier"),
        (lambda row: row.extra.get("tier", ""), "level"),
        ("country", None),
        (F("country"), None),
    ],
)
def test_what_a_column_asks_for(column, name):
    found = extras("customers", level=Column(column, kind="text"))
    assert found == Extras(frozenset([name] if name else []), frozenset())


def test_a_canonical_column_may_ask_too():
    assert extras("orders", channel=Column(KT("extra__till"), kind="text")).row == {"till"}


def test_lines_ask_of_themselves_and_of_their_order():
    class Shop(StoredSource):
        order_lines = StoredSource.order_lines.replace(
            gift=Column(KT("extra__gift"), kind="text"), till=Column("order__extra__till", kind="text")
        )

    assert extras_of(Shop(), "orders") == Extras(frozenset({"till"}), frozenset({"gift"}))


def test_a_shop_that_asks_for_nothing():
    assert extras_of(StoredSource(), "orders") == Extras(frozenset(), frozenset())
    assert clean("customers", {"customer_id": 7, "extra": {"a": 1}}, EVERYTHING)[1] == []


def test_who_reads_what_is_pushed():
    class Session(DemoSource):
        carts = stored_carts()

    assert is_read(StoredSource(), "orders")
    assert not is_read(DemoSource(), "orders")
    assert is_read(Session(), "carts")
    assert not is_read(type("Bare", (StoredSource,), {"refunds": None})(), "refunds")
    with pytest.raises(SourceError, match="no rows can be pushed to 'events'"):
        is_read(StoredSource(), "events")
