from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Concat
from django.utils.translation import get_language, override

from segmentation.errors import SourceError
from segmentation.sources import Customers, Products
from segmentation.store import find
from shopdemo.shop.models import Category, Product
from tests.sources.conftest import ALICE
from tests.sources.zoo.source import Zoo
from tests.statements import reading

JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)
NAMES = ["product_id", "title", "price", "active", "created_at"]


def products(rows, **columns):
    columns = {
        "product_id": "pk",
        "title": "title",
        "price": "price",
        "active": "is_active",
        "created_at": "created_at",
    } | columns
    return Products(rows, **columns)


@pytest.fixture
def lamps(db):
    """Ids of three."""
    category = Category.objects.create(name="Lamps", slug="lamps")
    for n in range(3):
        Product.objects.create(code=f"L{n}", title=f"Lamp {n}", category=category, price=f"{n}.25", stock=1)
    Product.objects.update(created_at=JUNE)
    return list(Product.objects.order_by("code").values_list("pk", flat=True))


@pytest.mark.parametrize("rows", [Product.objects.all(), Product.objects, Product.objects.distinct(), Product.objects.all])
def test_rows_are_found_as_they_are_read_in_one_query(lamps, rows):
    relation = products(rows)
    for ids in (lamps, lamps[:2], lamps[2:]):
        with reading(1):
            found = find(relation, NAMES, "product_id", ["C-1", *map(str, ids), 10**30])
        (chunk,) = relation.read(NAMES, where={"product_id": ids})
        assert sorted(found) == sorted(chunk)
    assert found == [(lamps[2], "Lamp 2", Decimal("2.25"), True, JUNE)]


def test_what_no_field_can_hold_is_not_asked_for(lamps):
    with reading(0):
        assert find(products(Product.objects.all()), NAMES, "product_id", ["C-1", "", 10**30]) == []


def test_only_a_queryset_that_stays_is_put_into_words_once():
    lasting, made = products(Product.objects.all()), products(Product.objects.all)
    assert lasting.asking(NAMES, "product_id") is lasting.asking(list(NAMES), "product_id") is not None
    assert made.asking(NAMES, "product_id") is None
    assert products(Product.objects).asking(NAMES, "product_id") is not None
    assert products(Category(pk=1).products).asking(NAMES, "product_id") is None  # of one category, made when it is asked for
    assert products(Product.objects.all(), title=lambda row: row.title).asking(NAMES, "product_id") is None
    assert lasting.replace(Product.objects.all).asking(NAMES, "product_id") is None


def test_expressions_and_uuids_can_be_sought(lamps, keepers):
    by_code = products(Product.objects.all(), product_id=Concat(Value("c-"), F("code")))
    assert [row[1] for row in find(by_code, NAMES, "product_id", ["c-L1", "L1"])] == ["Lamp 1"]
    assert find(Zoo.customers, ["customer_id"], "customer_id", [str(ALICE), "x", UUID(int=0)]) == [(ALICE,)]


class Spoken(Func):
    """A column that is another in each language, as translated fields are."""

    def as_sql(self, compiler, connection, **more):
        return "%s", [get_language()]


def test_each_language_has_its_own_words(lamps):
    relation = products(Product.objects.all(), title=Spoken(output_field=CharField()))
    for language in ("fr", "pl", "fr"):
        with override(language):
            assert find(relation, ["title"], "product_id", lamps[:1]) == [(language,)]


def test_what_the_database_says_names_the_relation(lamps):
    relation = Customers(Product.objects.extra(where=["no_such_column = 1"]), customer_id="pk")
    with pytest.raises(SourceError, match="customers could not be read"):
        find(relation, ["customer_id"], "customer_id", lamps)
