from __future__ import annotations

from datetime import timedelta

import pytest

from personalization.recommend.listed import Listed
from personalization.recommend.training.queries import AFTER, READ, query_rows
from segmentation.models import Activity
from tests.cast import NOW, ago

pytestmark = pytest.mark.django_db


def do(person: str, kind: str, minutes: float, query: str = "", product: str = "", **fields: object) -> None:
    count = Activity.objects.count()
    who = {"customer": person.removeprefix("c")} if person.startswith("c") else {"visitor": person}
    at = ago(2) + timedelta(minutes=minutes)
    Activity.objects.create(**{"uid": str(count), "kind": kind, "at": at, "query": query, "product_id": product, **who, **fields})


def search_and_take(people: int, query: str, product: str, kind: str = "view", after: float = 1) -> None:
    for number in range(people):
        do(f"v{query}{number}", "search", 0, query)
        do(f"v{query}{number}", kind, after, product=product)


def test_what_five_people_took_after_the_same_words(django_assert_num_queries):
    search_and_take(4, "  Lamp ", "1")
    do("c7", "search", 0, "LAMP")
    do("c7", "add_to_cart", 1, product="1")
    with django_assert_num_queries(1):
        rows = dict(query_rows(now=NOW))
    assert rows == {"query:lamp": {"items": [Listed("1", 7.0)]}}


def test_four_are_too_few():
    search_and_take(4, "lamp", "1")
    do("vlamp0", "view", 2, product="1")
    assert dict(query_rows(now=NOW)) == {}


def test_louder_ones_and_those_of_more_people_are_in_front():
    search_and_take(6, "lamp", "1")
    for number in range(6):
        do(f"vlamp{number}", "add_to_wishlist", 2, product="2")
        do(f"vlamp{number}", "view", 3, product="3")
    do("vlamp0", "remove_from_cart", 4, product="4")
    assert list(query_rows(now=NOW)) == [("query:lamp", {"items": [Listed("2", 12.0), Listed("1", 6.0), Listed("3", 6.0)]})]


def test_what_comes_later_or_after_another_search_is_not_because_of_it():
    late = AFTER / timedelta(minutes=1) + 1
    search_and_take(5, "lamp", "1", after=late)
    for number in range(5):
        do(f"vmug{number}", "search", 0, "mug")
        do(f"vmug{number}", "search", 1, " ")
        do(f"vmug{number}", "view", 2, product="1")
    assert dict(query_rows(now=NOW)) == {}


def test_what_is_old_or_another_shops_does_not_count():
    search_and_take(5, "lamp", "1")
    Activity.objects.filter(visitor="vlamp0").update(at=NOW - READ)
    Activity.objects.filter(visitor="vlamp1").update(shop="second")
    search_and_take(5, "mug", "1")
    assert list(dict(query_rows(now=NOW))) == ["query:mug"]
