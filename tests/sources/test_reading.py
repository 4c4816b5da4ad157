from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Count, DateTimeField, F, OuterRef, Subquery, Sum, Value

from segmentation.errors import SourceError
from segmentation.rules.values import Kind
from segmentation.sources import Column, Customers, Money, OrderLines
from tests.sources.conftest import ALICE, BOB, NOON
from tests.sources.zoo.models import Animal, Item, Keeper, Visit
from tests.sources.zoo.source import Zoo

pytestmark = pytest.mark.django_db


def rows_of(relation, names, **options):
    return sorted((row for chunk in relation.read(names, **options) for row in chunk), key=str)


def orders(rows=None, **columns):
    return Zoo.visits.replace(rows, **columns)


@pytest.mark.usefixtures("visits")
def test_values_as_django_gives_them(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = rows_of(Zoo.visits, ["order_id", "customer", "placed_at", "total", "currency"])

    assert rows == [
        ("v1", ALICE, NOON, 1050, "EUR"),
        ("v2", ALICE, NOON + dt.timedelta(days=1), 200, "PLN"),
        ("v3", BOB, NOON, None, "EUR"),
        ("v4", None, None, 1, "EUR"),
    ]


@pytest.mark.usefixtures("visits")
def test_decimals_come_as_floats_where_that_is_asked_for(django_assert_num_queries):
    Item.objects.create(visit=Visit.objects.get(number="v1"), quantity=3, paid=Decimal("19.99"))
    with django_assert_num_queries(1):
        ((row,),) = Zoo.items.read(["line_total", "quantity"], floats=True)
    assert row == (19.99, 3)
    assert [type(value) for value in row] == [float, int]


@pytest.mark.usefixtures("keepers")
def test_dates_booleans_and_paths_across_relations(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = rows_of(Zoo.customers, ["first_name", "birth_date", "accepts_email", "country"])

    assert rows == [("Alice", dt.date(1990, 2, 28), True, "FR"), ("Bob", None, None, None)]


@pytest.mark.usefixtures("visits")
def test_a_column_may_be_called_like_a_field_of_the_model():
    relation = orders(state=Column("currency"), status=None)  # the model has both fields

    assert rows_of(relation, ["state", "currency"], where={"order_id": ["v2"]}) == [("PLN", "PLN")]


@pytest.mark.usefixtures("visits")
def test_the_primary_key_can_be_read_with_anything():
    assert rows_of(Zoo.visits, ["pk", "order_id"]) == sorted(Visit.objects.values_list("pk", "number"))
    assert rows_of(Zoo.customers, ["pk"]) == [(ALICE,), (BOB,)]


@pytest.mark.usefixtures("visits")
def test_no_columns_are_rows_without_values():
    assert rows_of(Zoo.visits, []) == [(), (), (), ()]


def test_an_empty_relation_has_no_chunks():
    assert list(Zoo.visits.read(["total"])) == []


@pytest.mark.usefixtures("visits")
def test_chunks(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [len(chunk) for chunk in Zoo.visits.read(["total"], chunk_size=3)] == [3, 1]


@pytest.mark.usefixtures("visits")
def test_the_shops_ordering_is_not_paid_for(django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        rows_of(Zoo.visits, ["total"])

    assert "ORDER BY" not in queries[0]["sql"]


@pytest.mark.usefixtures("visits")
def test_expressions_are_annotated(django_assert_num_queries):
    visit = Visit.objects.get(number="v1")
    Item.objects.create(visit=visit, quantity=2, paid=Decimal("1.50"))
    Item.objects.create(visit=visit, quantity=3, paid=Decimal("2.00"))
    latest = Item.objects.filter(visit=OuterRef("pk")).order_by("-pk")
    relation = orders(
        Visit.objects.annotate(size=Count("items")),
        size="size",
        total=Money(Sum(F("items__paid") * F("items__quantity")), scale=2),
        device=Value("till"),
        last_paid=Subquery(latest.values("paid")[:1]),
    )

    with django_assert_num_queries(1):
        rows = rows_of(relation, ["order_id", "size", "total", "device", "last_paid"], where={"order_id": ["v1", "v3"]})

    assert rows == [("v1", 2, Decimal("9.00"), "till", Decimal("2.00")), ("v3", 0, None, "till", None)]


@pytest.mark.usefixtures("visits")
def test_a_callable_sees_the_instance_beside_other_columns(django_assert_num_queries):
    relation = orders(Visit.objects.select_related("keeper"), device=lambda visit: visit.keeper and visit.keeper.name)

    with django_assert_num_queries(1):
        rows = rows_of(relation, ["device", "order_id", "customer", "pk"], where={"customer": [ALICE]})

    pks = dict(Visit.objects.values_list("number", "pk"))
    assert rows == [("Alice", "v1", ALICE, pks["v1"]), ("Alice", "v2", ALICE, pks["v2"])]


@pytest.mark.usefixtures("visits")
def test_a_callable_that_is_not_asked_for_is_not_called(django_assert_num_queries):
    relation = orders(device=lambda visit: visit.keeper.name)

    with django_assert_num_queries(1):
        assert len(rows_of(relation, ["order_id"])) == 4


@pytest.mark.usefixtures("visits")
def test_a_declared_prefetch_takes_one_query_a_chunk(django_assert_num_queries):
    relation = orders(Visit.objects.prefetch_related("items"), pieces=Column(lambda visit: len(visit.items.all()), kind="number"))

    with django_assert_num_queries(2):
        assert rows_of(relation, ["pieces"]) == [(0,)] * 4
    with django_assert_num_queries(1):
        rows_of(relation, ["total"])


@pytest.mark.usefixtures("visits")
def test_the_queryset_of_a_callable_is_fresh_at_each_read():
    states = iter([1, 1, 2])
    relation = orders(lambda: Visit.objects.filter(state=next(states)))
    relation.columns  # noqa: B018 - the first call

    assert len(rows_of(relation, ["total"])) == 4
    assert rows_of(relation, ["total"]) == []


@pytest.mark.usefixtures("visits")
def test_distinct_rows_are_not_made_one_by_equal_values():
    relation = orders(Visit.objects.filter(cents__gte=0).distinct())

    assert rows_of(relation, ["currency"]) == [("EUR",), ("EUR",), ("PLN",)]


@pytest.mark.usefixtures("visits")
def test_distinct_on_keeps_the_first_of_the_shops_order():
    relation = orders(Visit.objects.exclude(keeper=None).order_by("keeper", "-made").distinct("keeper"))

    if connection.features.can_distinct_on_fields:
        assert rows_of(relation, ["order_id"]) == [("v2",), ("v3",)]
    else:
        with pytest.raises(SourceError, match="DISTINCT ON fields is not supported"):
            rows_of(relation, ["order_id"])


@pytest.mark.usefixtures("visits")
def test_where(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert rows_of(Zoo.visits, ["order_id"], where={"customer": [ALICE]}) == [("v1",), ("v2",)]


@pytest.mark.usefixtures("visits")
def test_where_takes_keys_as_text():
    assert rows_of(Zoo.visits, ["order_id"], where={"customer": [str(ALICE), str(BOB)]}) == [("v1",), ("v2",), ("v3",)]


@pytest.mark.usefixtures("visits")
def test_where_by_primary_key():
    pk = Visit.objects.get(number="v3").pk

    assert rows_of(Zoo.visits, ["order_id"], where={"pk": [str(pk)]}) == [("v3",)]
    assert rows_of(Zoo.customers, ["first_name"], where={"pk": [BOB]}) == [("Bob",)]


@pytest.mark.usefixtures("visits")
def test_where_on_two_columns_holds_both():
    where = {"customer": [ALICE, BOB], "order_id": ["v2", "v3", "v4"]}

    assert rows_of(Zoo.visits, ["order_id"], where=where) == [("v2",), ("v3",)]


@pytest.mark.usefixtures("visits")
def test_where_on_an_aggregate():
    visit = Visit.objects.get(number="v2")
    Item.objects.create(visit=visit, paid=Decimal("1.50"))

    assert rows_of(orders(size=Count("items")), ["order_id"], where={"size": [1]}) == [("v2",)]


@pytest.mark.usefixtures("visits")
def test_where_among_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rows_of(Zoo.visits, ["order_id"], where={"customer": []}) == []


@pytest.mark.usefixtures("visits")
def test_where_among_many_is_asked_in_pieces_and_gives_each_row_once(django_assert_num_queries):
    numbers = [f"v{number}" for number in range(1001)]

    with django_assert_num_queries(3):
        rows = rows_of(Zoo.visits, ["order_id"], where={"order_id": [*numbers, *numbers]})

    assert rows == [("v1",), ("v2",), ("v3",), ("v4",)]


@pytest.mark.usefixtures("visits")
@pytest.mark.parametrize("email", ["guest@zoo.test", "GUEST@zoo.test ", " Guest@Zoo.test "])
def test_emails_are_compared_folded(email, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = rows_of(Zoo.visits, ["order_id", "email"], where={"email": [email, "other@zoo.test"]})

    assert rows == [("v4", " Guest@Zoo.test ")]


@pytest.mark.parametrize("stored", ["\u00e9va@zoo.test", "\u00c9VA@ZOO.TEST", "\u00c9va@zoo.test", "e\u0301va@zoo.test"])
def test_emails_beyond_ascii(stored):
    Visit.objects.create(number="v5", guest_email=stored)

    assert rows_of(Zoo.visits, ["order_id"], where={"email": ["\u00c9va@zoo.test"]}) == [("v5",)]


@pytest.mark.usefixtures("visits")
def test_a_limit():
    assert len(rows_of(Zoo.visits, ["total"], limit=2)) == 2


@pytest.mark.usefixtures("visits")
def test_another_database_alias_is_used():
    with pytest.raises(SourceError, match="orders could not be read: ConnectionDoesNotExist"):
        rows_of(Zoo.visits, ["total"], using="replica")


@pytest.mark.usefixtures("visits")
def test_a_callable_that_raises_halfway_names_relation_column_and_row():
    def device(visit):
        if visit.number == "v3":
            raise KeyError("no device")
        return "phone"

    relation = orders(Visit.objects.order_by("number"), device=device)
    pk = Visit.objects.get(number="v3").pk

    with pytest.raises(SourceError) as caught:
        rows_of(relation, ["device"])
    assert str(caught.value) == f"orders.device failed for the row with key {pk}: KeyError: 'no device'"
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.usefixtures("visits")
def test_chunks_before_the_failure_have_been_given():
    calls = iter(range(10))

    def device(visit):
        return "phone" if next(calls) < 2 else 1 // 0

    chunks = orders(device=device).read(["device"], chunk_size=2)

    assert next(chunks) == [("phone",), ("phone",)]
    with pytest.raises(SourceError, match="ZeroDivisionError"):
        next(chunks)


@pytest.mark.usefixtures("visits")
def test_a_callable_cannot_end_the_reading_silently():
    def device(visit):
        raise StopIteration

    with pytest.raises(SourceError, match=r"orders\.device failed"):
        rows_of(orders(device=device), ["device"])


@pytest.mark.usefixtures("visits")
def test_a_queryset_that_fails_in_the_database_names_its_relation():
    relation = orders(Visit.objects.extra(where=["no_such_column = 1"]))

    with pytest.raises(SourceError, match=r"^orders could not be read: \w+Error: "):
        rows_of(relation, ["total"])


@pytest.mark.usefixtures("visits")
def test_a_value_that_can_be_no_key():
    with pytest.raises(SourceError, match=r"^orders could not be read: ValidationError: "):
        rows_of(Zoo.visits, ["total"], where={"customer": ["no uuid"]})


@pytest.mark.usefixtures("visits")
@pytest.mark.parametrize(
    ("value", "message"),
    [
        (dt.datetime(2026, 1, 1), "orders.placed_at gives times without a zone; set USE_TZ or make the value aware"),  # noqa: DTZ001
        (dt.date(2026, 1, 1), "orders.placed_at must give a time, not a date"),
        ("2026-01-01", "orders.placed_at must give a time, not a str"),
    ],
)
def test_a_time_must_be_an_aware_datetime(value, message):
    relation = orders(placed_at=lambda visit: value)

    with pytest.raises(SourceError) as caught:
        rows_of(relation, ["placed_at"])
    assert str(caught.value) == message


@pytest.mark.usefixtures("visits")
def test_without_time_zones_in_the_shop_no_time_is_read(settings):
    settings.USE_TZ = False

    with pytest.raises(SourceError, match=r"orders\.placed_at gives times without a zone"):
        rows_of(Zoo.visits, ["placed_at"])


@pytest.mark.usefixtures("visits")
def test_missing_times_are_no_fault():
    assert rows_of(Zoo.visits, ["placed_at"], where={"order_id": ["v4"]}) == [(None,)]
    assert rows_of(orders(placed_at=Value(None, output_field=DateTimeField())), ["placed_at"]) == [(None,)] * 4


def test_lines_with_a_text_key_of_their_order():
    visit = Visit.objects.create(number="v1")
    animal = Animal.objects.create(title="Otter", price=Decimal("1.5"))
    Item.objects.create(visit=visit, animal=animal, quantity=2, paid=Decimal("3.00"))

    assert rows_of(Zoo.items, list(OrderLines.specs)[:4]) == [("v1", animal.pk, 2, Decimal("3.00"))]


def test_customers_by_a_callable_key():
    Keeper.objects.create(id=ALICE, name="Alice")
    relation = Customers(Keeper.objects.all(), customer_id=lambda keeper: f"{keeper.name}:{keeper.pk.int}")

    assert relation.columns["customer_id"].kind is Kind.TEXT
    assert rows_of(relation, ["customer_id"]) == [("Alice:10",)]
