from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.models import F, Value

from segmentation.errors import SourceError
from segmentation.rules.values import Kind
from segmentation.sources import Column, Events
from segmentation.sources.problems import ProblemCode
from segmentation.sources.union import UnitedEvents
from tests.sources.conftest import ALICE, BOB, NOON
from tests.sources.zoo.models import Animal, Search, Sighting
from tests.sources.zoo.source import Park

KEY = UUID(int=7)
LATER = NOON + dt.timedelta(hours=1)


def united(**parts):
    return UnitedEvents(parts or {"sightings": Park.sightings, "searches": Park.searches})


def rows_of(relation, names, **options):
    return sorted((row for chunk in relation.read(names, **options) for row in chunk), key=str)


@pytest.fixture
def events(keepers):
    """Alice saw an otter, Bob saw something, a visitor searched for otters."""
    otter = Animal.objects.create(title="Otter", price=1)
    first = Sighting.objects.create(keeper_id=ALICE, animal=otter, seen=NOON, seconds=5)
    second = Sighting.objects.create(keeper_id=BOB, seen=LATER)
    Search.objects.create(id=KEY, visitor="v-1", words="otter", at=NOON, worth=Decimal("1.5"))
    return f"sightings:{first.pk}", f"sightings:{second.pk}", f"searches:{KEY}", otter.pk


def test_rows_of_all_parts(events, django_assert_num_queries):
    first, second, search, otter = events

    with django_assert_num_queries(2):
        rows = rows_of(united(), ["pk", "kind", "at", "customer", "visitor", "product_id", "query", "value"])
    assert rows == [
        (search, "search", NOON, None, "v-1", None, "otter", Decimal("1.5")),
        (first, "view", NOON, ALICE, None, otter, None, None),
        (second, "view", LATER, BOB, None, None, None, None),
    ]


@pytest.mark.usefixtures("events")
def test_columns_that_no_part_has_together():
    assert rows_of(united(), ["query"]) == [("otter",), (None,), (None,)]
    assert rows_of(united(), []) == [(), (), ()]


def test_rows_by_key(events, django_assert_num_queries):
    first, _, search, _ = events

    with django_assert_num_queries(2):
        assert rows_of(united(), ["pk"], where={"pk": [first, search]}) == [(search,), (first,)]
    with django_assert_num_queries(1):
        assert rows_of(united(), ["pk"], where={"pk": [first]}) == [(first,)]
    with django_assert_num_queries(0):
        assert rows_of(united(), ["pk"], where={"pk": ["elsewhere:1", "1"]}) == []


def test_rows_by_a_column_that_only_one_part_has(events, django_assert_num_queries):
    first, *_ = events

    with django_assert_num_queries(1):
        assert rows_of(united(), ["pk"], where={"customer": [str(ALICE)]}) == [(first,)]
    with django_assert_num_queries(1):
        assert rows_of(united(), ["query"], where={"visitor": ["v-1"]}) == [("otter",)]
    with django_assert_num_queries(2):
        assert rows_of(united(), ["query"], where={"kind": ["search"]}) == [("otter",)]


@pytest.mark.usefixtures("events")
def test_chunks_and_a_limit_for_each_part():
    assert [len(chunk) for chunk in united().read(["at"], chunk_size=1)] == [1, 1, 1]
    assert len(rows_of(united(), ["at"], limit=1)) == 2


@pytest.mark.parametrize(("name", "where"), [("nothing", None), ("at", {"nothing": ["x"]})])
def test_what_no_part_has_cannot_be_read(name, where):
    with pytest.raises(SourceError, match=r"^events\.nothing is not mapped by the shop$"):
        united().read([name], where=where)


def test_columns_of_all_parts_in_their_order():
    columns = united().columns

    assert list(columns) == ["kind", "at", "customer", "product_id", "seconds", "visitor", "query", "value"]
    assert (columns["query"].personal, columns["value"].scale, columns["seconds"].kind) == (True, 1, Kind.NUMBER)
    assert united().owners == ("customer", "visitor")
    assert united().time_column == "at"
    assert united().problems() == []


def test_what_guards_a_column_of_one_part_guards_it_in_all():
    plain = Park.sightings.replace(words="animal__title")
    guarded = Park.searches.replace(words=Column("words", personal=True, restricted=True, current=True, label="Words"))

    column = united(plain=plain, guarded=guarded).columns["words"]
    assert (column.personal, column.restricted, column.current, column.key) == (True, True, True, False)
    assert column.label == "Words"


def test_parts_must_agree_on_a_kind():
    relation = united(some=Park.sightings.replace(extra="seconds"), others=Park.searches.replace(extra="words"))

    (problem,) = relation.problems()
    assert (problem.code, problem.place) == (ProblemCode.KIND_MISMATCH, "events.extra")
    assert problem.message == "is number in some, text in others"
    assert "extra" not in relation.columns
    with pytest.raises(SourceError, match=r"^events\.extra: is number in some, text in others$"):
        relation.read(["extra"])


@pytest.mark.usefixtures("events")
def test_minor_units_beside_whole_ones_are_read_as_whole_ones():
    cents = Park.sightings.replace(value=Column(F("seconds"), scale=2))

    mixed = united(sightings=cents, searches=Park.searches)
    assert (mixed.columns["value"].scale, mixed.columns["value"].minor_units) == (2, False)
    assert rows_of(mixed, ["value"]) == [(Decimal("0.00"),), (Decimal("0.05"),), (Decimal("1.5"),)]


@pytest.mark.usefixtures("events")
def test_minor_units_of_one_scale_stay_what_they_are():
    cents = Park.sightings.replace(value=Column(F("seconds"), scale=2))

    both = united(some=cents, others=cents)
    assert (both.columns["value"].scale, both.columns["value"].minor_units) == (2, True)
    assert rows_of(both, ["value"]) == [(0,), (0,), (5,), (5,)]


@pytest.mark.usefixtures("events")
def test_a_missing_amount_in_minor_units_stays_missing():
    cents = Park.sightings.replace(value=Column(Value(None, output_field=Sighting._meta.get_field("seconds")), scale=2))

    assert rows_of(united(sightings=cents, searches=Park.searches), ["value"]) == [(Decimal("1.5"),), (None,), (None,)]


def test_problems_say_in_which_part():
    relation = united(some=Park.sightings, others=Park.searches.replace(at="words", visitor=None))

    assert [str(problem) for problem in relation.problems()] == [
        "events.customer: customer or visitor must be mapped (in others)",
        'events.at: must be time, but "words" gives text (in others)',
    ]
    assert "at" in relation.columns


def test_settled_once_and_asked_again_only_while_a_queryset_fails():
    closed = [True]

    def rows():
        if closed:
            raise RuntimeError("closed")
        return Sighting.objects.all()

    relation = united(some=Park.sightings.replace(rows), others=Park.searches)
    assert [problem.message for problem in relation.problems()] == ["the queryset raised RuntimeError: closed (in some)"]
    assert "customer" not in relation.columns
    closed.clear()
    assert relation.columns.keys() >= {"customer", "visitor"}
    assert relation.columns is relation.columns


def test_it_has_no_queryset_of_its_own():
    with pytest.raises(SourceError, match=r"^events: sightings, searches have a queryset each and none together$"):
        united().queryset()


def test_parts_and_their_keys():
    relation = united()

    assert relation.parts == {"sightings": Park.sightings, "searches": Park.searches}
    assert relation.row_key("sightings", 7) == "sightings:7"


def test_business_only_if_every_part_is():
    business = Park.sightings.replace()
    business.transactional = True

    assert united().transactional is False
    assert united(some=business, others=Park.searches).transactional is True


def test_unfiltered_is_so_in_every_part(events):
    first, *_ = events
    relation = united(sightings=Park.sightings.replace(Sighting.objects.none()), searches=Park.searches)

    assert rows_of(relation, ["customer"], where={"pk": [first]}) == []
    whole = relation.unfiltered(["pk", "customer", "visitor"], "default")
    assert rows_of(whole, ["customer"], where={"pk": [first]}) == [(ALICE,)]
    assert isinstance(whole, Events)
    assert set(whole.columns) == {"customer", "visitor"}
