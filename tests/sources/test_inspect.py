from __future__ import annotations

import pytest

from segmentation.sources import Column, Orders, ShopSource
from segmentation.sources.inspect import inspect
from tests.sources.conftest import NOON
from tests.sources.zoo.models import Search, Visit
from tests.sources.zoo.source import Park, Zoo

pytestmark = pytest.mark.django_db


def report_of(name, source=None, **options):
    return next(report for report in inspect(source or Zoo(), **options) if report.name == name)


def sales(**columns):
    class Shop(ShopSource):
        visits = Zoo.visits.replace(**columns)

    return Shop()


@pytest.mark.usefixtures("visits")
def test_every_relation_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(4):
        reports = inspect(Zoo())

    assert [(report.name, report.queries, report.error) for report in reports] == [
        ("customers", 1, ""),
        ("orders", 1, ""),
        ("order_lines", 1, ""),
        ("products", 1, ""),
    ]


@pytest.mark.usefixtures("visits")
def test_three_rows_as_text():
    report = report_of("orders")

    assert len(report.rows) == 3
    assert [column.name for column in report.columns] == list(report.rows[0])
    assert report.problems == ()


@pytest.mark.usefixtures("visits")
def test_values_are_texts_and_null_is_none():
    rows = {row["order_id"]: row for row in report_of("orders", limit=10).rows}

    assert len(rows) == 4
    assert rows["v1"] == {
        "order_id": "v1",
        "customer": "00000000-0000-0000-0000-00000000000a",
        "email": "",
        "placed_at": "2026-03-01T12:00:00+00:00",
        "total": "10.50",
        "currency": "EUR",
        "status": "1",
    }
    assert rows["v4"]["placed_at"] is None


@pytest.mark.usefixtures("visits")
def test_a_callable_that_asks_for_more_is_seen():
    source = sales(device=lambda visit: visit.keeper and visit.keeper.name)

    report = report_of("orders", source, limit=10)
    assert (report.queries, report.expected, report.asks_for_each_row) == (1 + 3, 1, True)


@pytest.mark.usefixtures("visits")
@pytest.mark.parametrize(
    ("fetched", "queries", "expected"),
    [
        (Visit.objects.select_related("keeper"), 1, 1),
        (Visit.objects.prefetch_related("keeper"), 2, 2),
        (Visit.objects.prefetch_related("keeper", "items__animal"), 3, 4),  # no items, so no animals to fetch
    ],
    ids=range(3),
)
def test_what_the_queryset_fetches_is_expected(fetched, queries, expected):
    class Shop(ShopSource):
        visits = Zoo.visits.replace(fetched, device=lambda visit: visit.keeper and visit.keeper.name)

    report = report_of("orders", Shop(), limit=10)
    assert (report.queries, report.expected, report.asks_for_each_row) == (queries, expected, False)


@pytest.mark.usefixtures("visits")
def test_a_prefetch_is_not_expected_where_no_function_needs_it():
    class Shop(ShopSource):
        visits = Zoo.visits.replace(Visit.objects.prefetch_related("keeper"))

    report = report_of("orders", Shop())
    assert (report.queries, report.expected) == (1, 1)


@pytest.mark.usefixtures("visits")
def test_each_of_several_events_has_a_report():
    Search.objects.create(visitor="v", words="otter", at=NOON)

    reports = [report for report in inspect(Park()) if report.name == "events"]
    assert [(report.part, len(report.rows), report.queries, report.expected) for report in reports] == [
        ("sightings", 0, 1, 1),
        ("searches", 1, 1, 1),
    ]
    assert {report.part for report in inspect(Park()) if report.name != "events"} == {""}


@pytest.mark.usefixtures("visits")
def test_sets_and_places_as_text():
    class Shop(ShopSource):
        visits = Zoo.visits.replace(
            tags=Column(lambda visit: ["a", "b"], kind="set"), spot=Column(lambda visit: (48.85, 2.35), kind="geo")
        )

    assert {(row["tags"], row["spot"]) for row in report_of("orders", Shop()).rows} == {("a, b", "48.85, 2.35")}


def test_a_relation_that_fails_is_reported_with_its_problems():
    class Shop(ShopSource):
        visits = Orders(Visit, order_id="number", customer="keeper", placed_at="made", total="cents")

    report = report_of("orders", Shop())

    assert (report.columns, report.rows, report.queries) == ((), (), 0)
    assert report.error == "orders: Visit is no queryset"
    assert [str(problem) for problem in report.problems] == ["orders: Visit is no queryset"]


@pytest.mark.usefixtures("visits")
def test_a_column_that_fails_leaves_the_others():
    report = report_of("orders", sales(device=Column("nothing")))

    assert "device" not in report.rows[0]
    assert [problem.place for problem in report.problems] == ["orders.device"]
