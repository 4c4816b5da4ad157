from __future__ import annotations

from uuid import UUID

import pytest

from segmentation.rules.values import Kind
from segmentation.sources import Column, Customers, Products
from segmentation.sources.sets import as_list
from tests.sources.conftest import ALICE, BOB
from tests.sources.zoo.models import Animal, Club, Country, Den, Item, Keeper, Tag, Visit

KEYS = (UUID(int=1), UUID(int=2))


def animals(value, **options):
    return Products(Animal.objects.all(), product_id="title", title="title", words=Column(value, kind="set", **options))


def sets_of(relation, **options):
    rows = (row for chunk in relation.read([relation.key, "words"], **options) for row in chunk)
    return {key: words if words is None else sorted(words) for key, words in rows}


@pytest.fixture
def zoo(db):
    """An otter with two words, a fox with one, an ant with none."""
    otter, fox, _ = (Animal.objects.create(title=title, price=1) for title in ("Otter", "Fox", "Ant"))
    wet, brown, unused = (Tag.objects.create(word=word) for word in ("wet", "brown", "unused"))
    assert unused.pk
    otter.tags.set([wet, brown])
    fox.tags.set([brown])
    return otter, fox


@pytest.mark.usefixtures("zoo")
def test_words_across_a_many_to_many_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = sets_of(animals("tags__word"))

    assert found == {"Otter": ["brown", "wet"], "Fox": ["brown"], "Ant": []}


@pytest.mark.usefixtures("zoo")
def test_rows_are_not_repeated_and_other_columns_stay():
    relation = animals("tags__word").replace(price="price", size="tags__pk")

    assert "size" not in relation.columns
    assert sorted(row[0] for chunk in relation.read(["title", "price", "words"]) for row in chunk) == ["Ant", "Fox", "Otter"]


@pytest.mark.usefixtures("zoo")
def test_the_keys_of_the_other_side_are_texts():
    wet, brown = Tag.objects.get(word="wet"), Tag.objects.get(word="brown")

    found = sets_of(animals("tags"))
    assert found == {"Otter": sorted([str(wet.pk), str(brown.pk)]), "Fox": [str(brown.pk)], "Ant": []}


def test_codes_and_nulls_down_a_reverse_path(zoo):
    otter, _ = zoo
    for number, state in (("v1", 1), ("v2", 2), ("v3", 2)):
        Item.objects.create(visit=Visit.objects.create(number=number, state=state), animal=otter, paid=1)

    assert sets_of(animals("item__visit__state")) == {"Otter": ["1", "2", "2"], "Fox": [], "Ant": []}
    assert sets_of(animals("item__visit__keeper__name")) == {"Otter": [], "Fox": [], "Ant": []}


def test_keys_that_are_no_numbers_are_spelled_as_everywhere(db):
    country = Country.objects.create(code="FR", title="France")
    den = Den.objects.create(number="north", country=country)
    for key in KEYS:
        Keeper.objects.create(id=key, name="K", den=den)
    relation = Products(Den.objects.all(), product_id="number", title="number", words=Column("keeper", kind="set"))

    assert sets_of(relation) == {"north": [str(key) for key in KEYS]}


def test_from_the_other_side_and_through_a_class_of_the_shops_own(keepers, zoo):
    otter, fox = zoo
    Keeper.objects.get(pk=ALICE).favourites.set([otter, fox])
    Club.objects.create(name="Anglers").members.add(ALICE)

    clubs = Customers(Keeper.objects.all(), customer_id="pk", words=Column("clubs__name", kind="set"))
    fans = animals("fans__name")
    assert sets_of(clubs) == {ALICE: ["Anglers"], BOB: []}
    assert sets_of(fans) == {"Otter": ["Alice"], "Fox": ["Alice"], "Ant": []}


@pytest.mark.usefixtures("zoo")
def test_beside_an_aggregate_a_filter_and_a_callable(django_assert_num_queries):
    relation = animals("tags__word").replace(
        Animal.objects.filter(tags__word="brown").distinct(), shout=Column(lambda animal: animal.title.upper(), kind="text")
    )

    with django_assert_num_queries(1):
        assert sets_of(relation) == {"Otter": ["brown", "wet"], "Fox": ["brown"]}
    with django_assert_num_queries(1):
        ((row,),) = relation.read(["shout", "words"], where={"title": ["Fox"]})
    assert row == ("FOX", ["brown"])


@pytest.mark.parametrize("notes", [["wild", "shy"], [], None, {"habit": "wild"}, "wild", 7, ["wild", 7]], ids=str)
def test_a_json_list_is_read_as_it_stands_and_so_is_what_is_none(db, notes):
    Animal.objects.create(title="Otter", price=1, notes={"habits": notes})

    ((row,),) = animals("notes__habits").read(["words"])
    assert row == (notes,)


def test_a_whole_json_field(db):
    Animal.objects.create(title="Otter", price=1, notes=["wild"])

    assert animals("notes").columns["words"].kind is Kind.SET
    assert sets_of(animals("notes")) == {"Otter": ["wild"]}


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["wild"], ["wild"]),
        (("wild", "shy"), ["wild", "shy"]),
        ({"wild"}, ["wild"]),
        ((word for word in ("wild", "shy")), ["wild", "shy"]),
        ([], []),
        (None, None),
        ("wild", "wild"),
        (7, 7),
    ],
    ids=range(8),
)
def test_a_function_gives_any_iterable(db, given, read):
    Animal.objects.create(title="Otter", price=1)

    ((row,),) = animals(lambda animal: given).read(["words"])
    assert row == (read,)


def test_a_mapping_is_no_list():
    assert as_list({"a": 1}) == {"a": 1}
    assert as_list(b"wild") == b"wild"
