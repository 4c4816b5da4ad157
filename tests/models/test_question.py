from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat

from segmentation.models.question import MOST_VALUES, SIZES, Question
from shopdemo.shop.models import Category, Product
from tests.statements import reading

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)


def named(slots):
    """Products of a category, in front, whose codes are among those behind it."""
    category, *codes = slots
    found = Product.objects.filter(category__name=category, code__in=codes).order_by("code")
    return found.values_list("code", "price", "is_active", Concat(F("title"), Value("%")), "created_at")


@pytest.fixture(autouse=True)
def lamps():
    """Twenty in the category Lamps, as many elsewhere."""
    for name in ("Lamps", "Cups"):
        category = Category.objects.create(name=name, slug=name.lower())
        Product.objects.bulk_create(
            Product(code=f"{name}{n:02}", title=name, category=category, price=f"{n}.50", stock=1, is_active=n % 2 == 0)
            for n in range(20)
        )
    Product.objects.update(created_at=JUNE)


def codes(category, count):
    return [f"{category}{n:02}" for n in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 20])
def test_it_gives_what_the_queryset_gives(count):
    asked = ["Lamps", *codes("Lamps", count), *codes("Cups", count)]
    with reading(1):
        found = Question(named).rows(connection, asked)
    assert found == list(named(asked))
    assert found[0] == ("Lamps00", Decimal("0.50"), True, "Lamps%", JUNE)


def test_other_values_are_asked_for_in_the_same_words():
    made = []

    def make(slots):
        made.append(len(slots))
        return named(slots)

    question = Question(make)
    for asked in (["Lamps", "Lamps01"], ["Cups", "Cups02"], ["Cups", "Lamps01"], ["Cups", *codes("Cups", 4)]):
        assert question.rows(connection, asked) == list(named(asked))
    assert made == [2, 8]


def test_what_can_find_nothing_asks_nothing():
    with reading(0):
        assert Question(lambda slots: Product.objects.none().values_list("pk")).rows(connection, ["1"]) == []


def test_as_many_values_as_there_may_be():
    asked = ["Lamps", *(f"Lamps{n:02}" for n in range(MOST_VALUES - 1))]
    assert len(Question(named).rows(connection, asked)) == 20
    assert max(SIZES) == MOST_VALUES


@pytest.mark.django_db(transaction=True)
def test_threads_share_the_words_and_no_connection():
    question, found = Question(named), []
    asked = ["Lamps", "Lamps03"]
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("another thread would have another database")
    question.rows(connection, asked)

    def ask():
        from django.db import connection as own

        found.extend(question.rows(own, asked))
        own.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == list(named(asked))
