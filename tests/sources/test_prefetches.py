from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models import Prefetch

from segmentation.sources.prefetches import most_queries, wrong_prefetches
from tests.sources.zoo.models import Animal, Item, Keeper, Visit


class Tagged(Item):
    """With things that Django follows though they are no fields."""

    class Meta:
        proxy = True
        app_label = "zoo"

    @property
    def whoever(self):
        return self.visit.keeper


@pytest.mark.parametrize(
    ("model", "lookups"),
    [
        (Visit, []),
        (Visit, ["items", "keeper", "items__animal__tags", "keeper__den__country"]),
        (Animal, ["tags", "item_set__visit", "fans__visits"]),
        (Keeper, ["chiefkeeper", "visits__items"]),
        (Visit, [Prefetch("items", to_attr="goods"), "goods__animal"]),
        (Visit, [Prefetch("items", queryset=Item.objects.filter(quantity=1))]),
        (Tagged, ["whoever__den"]),
        (LogEntry, ["user", "content_type"]),
    ],
    ids=range(8),
)
def test_prefetches_that_exist(model, lookups):
    assert list(wrong_prefetches(model._base_manager.prefetch_related(*lookups))) == []


@pytest.mark.parametrize(
    ("model", "lookup", "wrong"),
    [
        (Visit, "itms", '"itms" does not work: "itms" is no relation of Visit'),
        (Visit, "items__animals", '"items__animals" does not work: "animals" is no relation of Item'),
        (Visit, "number", '"number" does not work: "number" is no relation of Visit'),
        (Visit, "keeper_id", '"keeper_id" does not work: "keeper_id" is no relation of Visit'),
        (Animal, "item", '"item" does not work: "item" is no relation of Animal'),  # a path in queries, no attribute
        (Visit, Prefetch("goods", to_attr="items"), '"goods" does not work: "goods" is no relation of Visit'),
        (Visit, "goods__animal", '"goods__animal" does not work: "goods" is no relation of Visit'),
    ],
    ids=range(7),
)
def test_prefetches_that_do_not(model, lookup, wrong):
    assert list(wrong_prefetches(model._base_manager.prefetch_related(lookup))) == [wrong]


def test_every_wrong_one_is_told():
    assert len(list(wrong_prefetches(Visit.objects.prefetch_related("itms", "keeper", "dens")))) == 2


@pytest.mark.parametrize(
    ("lookups", "queries"),
    [
        ([], 0),
        (["items"], 1),
        (["items", "keeper"], 2),
        (["items__animal", "items__animal__tags"], 3),
        ([Prefetch("items", queryset=Item.objects.prefetch_related("animal__tags"))], 3),
        ([Prefetch("items", to_attr="goods"), "goods__animal"], 2),
    ],
    ids=range(6),
)
def test_a_query_a_step(lookups, queries):
    assert most_queries(Visit.objects.prefetch_related(*lookups)) == queries


@pytest.mark.django_db
def test_nothing_is_asked_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        queryset = Visit.objects.prefetch_related("items", "nothing")
        list(wrong_prefetches(queryset))
        most_queries(queryset)
