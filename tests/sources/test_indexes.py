from __future__ import annotations

import pytest
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint, Value

from segmentation.sources import Orders, ShopSource, WishlistItems
from segmentation.sources.indexes import is_indexed, unindexed
from tests.sources.zoo.models import Basket, BasketItem, Keeper, Visit
from tests.sources.zoo.source import Park, Zoo


def told(source):
    return [(column.relation, column.name, field.name) for column, field in unindexed(source())]


def test_a_source_that_lacks_nothing():
    assert told(Zoo) == []


def test_everything_that_rows_are_looked_up_by():
    assert told(Park) == [("carts", "visitor", "session"), ("carts", "updated_at", "touched")]


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"customer": "currency"}, [("orders", "customer", "currency")]),
        ({"customer": F("currency")}, [("orders", "customer", "currency")]),
        ({"email": "currency"}, []),  # compared folded: no plain index helps
        ({"status": "currency", "order_id": "currency"}, []),  # nothing is looked up by them
        ({"customer": "pk"}, []),
        ({"customer": "keeper_id"}, []),
        ({"customer": "keeper__name"}, []),  # another table's
        ({"customer": Value("x")}, []),
        ({"customer": lambda visit: "x"}, []),
    ],
    ids=range(9),
)
def test_columns_of_orders(columns, found):
    class Shop(ShopSource):
        customers = Zoo.customers
        visits = Zoo.visits.replace(**columns)

    assert told(Shop) == found


def test_an_annotation_is_no_field():
    class Shop(ShopSource):
        visits = Zoo.visits.replace(Visit.objects.annotate(buyer=F("currency")), customer="buyer")

    assert told(Shop) == []


def test_lines_are_looked_up_by_what_is_above_them():
    class Shop(ShopSource):
        basket_items = Park.basket_items.replace(cart_id="pieces")

    assert told(Shop) == [("cart_lines", "cart_id", "pieces")]


def test_each_of_several_events_by_itself():
    class Shop(ShopSource):
        sightings = Park.sightings.replace(at="seen", customer="seconds")
        searches = Park.searches.replace(visitor="words")

    assert told(Shop) == [("events", "customer", "seconds"), ("events", "visitor", "words")]


def test_a_relation_that_does_not_work_is_the_other_checks_business():
    class Shop(ShopSource):
        visits = Orders(Visit, customer="currency")
        wishes = WishlistItems(BasketItem.objects.all(), customer="nothing", product_id="animal")

    assert told(Shop) == []


def test_what_the_queryset_holds_to_one_value_may_come_first_in_an_index():
    class Shop(ShopSource):
        rows = Orders(lambda: rows(), order_id="pk", customer="second", placed_at="first", total="plain")

    def rows():
        return made[0]

    everything = Counted._base_manager.all()
    made = [everything]
    assert told(Shop) == [("orders", "customer", "second")]
    for pinning in (everything.filter(first=1), everything.filter(keeper_id=1).filter(first=1)):
        made[:] = [pinning]
        assert told(Shop) == []
    for other in (everything.filter(first__gt=1), everything.exclude(first=1), everything.filter(Q(first=1) | Q(second=1))):
        made[:] = [other]
        assert told(Shop) == [("orders", "customer", "second")]


class Counted(models.Model):
    """An index of two."""

    first = models.IntegerField()
    second = models.IntegerField()
    plain = models.IntegerField()
    keeper = models.ForeignKey(Keeper, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        app_label = "zoo"
        indexes = (Index(fields=["first", "second"], name="z"),)


@pytest.mark.django_db
def test_no_row_is_read(django_assert_num_queries):
    with django_assert_num_queries(0):
        told(Park)


class Indexed(models.Model):
    """A field for each way to be first in an index, and some that are none."""

    first = models.IntegerField()
    descending = models.IntegerField()
    expressed = models.IntegerField()
    turned = models.IntegerField()
    together = models.IntegerField()
    constrained = models.IntegerField()
    second = models.IntegerField()
    partly = models.IntegerField()
    partly_unique = models.IntegerField()
    computed = models.IntegerField()
    plain = models.IntegerField()
    unique = models.IntegerField(unique=True)
    own = models.IntegerField(db_index=True)
    keeper = models.ForeignKey(Keeper, on_delete=models.DO_NOTHING, related_name="+")
    bare_keeper = models.ForeignKey(Keeper, on_delete=models.DO_NOTHING, db_index=False, related_name="+")

    class Meta:
        app_label = "zoo"
        managed = False
        unique_together = (("together", "second"),)
        indexes = (
            Index(fields=["first", "second"], name="a"),
            Index(fields=["-descending"], name="b"),
            Index(F("expressed"), name="c"),
            Index(F("turned").desc(), name="d"),
            Index(fields=["partly"], condition=Q(second=1), name="e"),
            Index(F("computed") + 1, name="f"),
        )
        constraints = (
            UniqueConstraint(fields=["constrained", "second"], name="g"),
            UniqueConstraint(fields=["partly_unique"], condition=Q(second=1), name="h"),
            models.CheckConstraint(condition=Q(plain__gt=0), name="i"),
        )


@pytest.mark.parametrize(
    "name",
    ["id", "first", "descending", "expressed", "turned", "together", "constrained", "unique", "own", "keeper"],
)
def test_first_in_an_index(name):
    assert is_indexed(Indexed._meta.get_field(name))


@pytest.mark.parametrize("name", ["second", "partly", "partly_unique", "computed", "plain", "bare_keeper"])
def test_not_first_in_an_index_of_all_rows(name):
    assert not is_indexed(Indexed._meta.get_field(name))


def test_of_a_table_that_django_did_not_make_nothing_is_known():
    class Shop(ShopSource):
        visits = Orders(Indexed._default_manager.all(), order_id="pk", customer="plain", placed_at="plain", total="plain")

    assert told(Shop) == []
    assert not is_indexed(Basket._meta.get_field("session"))
