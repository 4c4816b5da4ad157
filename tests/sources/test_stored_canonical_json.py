from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from segmentation.errors import SourceError
from segmentation.sources.stored.canonical_json import CanonicalRows

EXPORT = Path(__file__).parent / "imports" / "canonical.json"


@pytest.fixture
def export(tmp_path):
    def read(content: object, zone: ZoneInfo | None = None) -> CanonicalRows:
        path = tmp_path / "rows.json"
        path.write_text(json.dumps(content))
        return CanonicalRows(path, zone)

    return read


def test_every_relation_in_the_order_in_which_they_build_on_one_another():
    reader = CanonicalRows(EXPORT)

    assert [(entry.relation, entry.key, entry.row) for entry in reader.entries()] == [
        ("customers", "7", 1),
        ("customers", "8", 2),
        ("products", "11", 1),
        ("orders", "A-1", 1),
        ("orders", "A-2", 2),
        ("refunds", "R-1", 1),
        ("carts", "C-1", 1),
        ("wishlist_items", "8\x0011", 1),
    ]
    assert (reader.total, reader.warnings) == (8, [])


def test_rows_are_as_they_stand_with_decimals():
    order = [entry for entry in CanonicalRows(EXPORT).entries() if entry.relation == "orders"][1]

    assert (order.data["total"], order.data["lines"][0]["line_total"]) == (Decimal("9.9"), Decimal("9.9"))
    assert order.kept == [order.data]
    assert order.place("lines[0].quantity") == (2, "lines[0].quantity")


def test_of_rows_with_one_key_the_last_counts(export):
    reader = export({"orders": [{"order_id": 1, "total": "1"}, {"order_id": "1", "total": "2"}]})

    assert [entry.data["total"] for entry in reader.entries()] == ["2"]
    assert reader.warnings == ["rows that a later one repeats: 1; the last counts"]


def test_what_is_no_row(export):
    reader = export({"orders": [1, {"order_id": 1}, None]})

    assert [(entry.row, entry.refusals) for entry in reader.entries()] == [
        (1, [(1, "", "is no row")]),
        (2, []),
        (3, [(3, "", "is no row")]),
    ]


@pytest.mark.parametrize("content", [[], 7, {"orders": {}}, {"events": []}, {"orders": [], "order_lines": []}])
def test_what_is_no_such_file(export, content):
    with pytest.raises(SourceError, match=r"rows\.json is no object of lists, named customers, products, orders, refunds, carts"):
        export(content)


def test_an_empty_object(export):
    assert list(export({}).entries()) == []


def test_refused_rows_go_out_as_they_came(export, tmp_path):
    path = tmp_path / "errors.json"
    reader = export({"orders": [7]})
    errors = reader.errors_file(str(path))
    errors.add(next(reader.entries()))
    errors.close()

    assert json.loads(path.read_text()) == [
        {"relation": "orders", "row": 1, "errors": [{"column": "", "message": "is no row"}], "data": 7}
    ]


def test_who_is_named_by_an_order_alone_is_a_customer(export):
    orders = [{"order_id": "1", "customer": 7}, {"order_id": "2", "customer": " 8 "}, {"order_id": "3", "customer": "8"}]
    nobodys = [
        {"order_id": "4", "customer": None},
        {"order_id": "5", "email": "a@example.com"},
        {"order_id": "6", "customer": " "},
        9,
    ]
    reader = export({"orders": [*orders, *nobodys], "customers": [{"customer_id": "7", "country": "FR"}]})

    customers = [(entry.key, entry.data, entry.is_derived) for entry in reader.entries() if entry.relation == "customers"]
    assert customers == [("7", {"customer_id": "7", "country": "FR"}, False), ("8", {"customer_id": "8"}, True)]
    assert [entry.relation for entry in reader.entries()] == ["customers"] * 2 + ["orders"] * 7
    assert reader.total == 8


def test_times_without_an_offset_are_in_the_zone(export):
    orders = [
        {"order_id": number, "placed_at": text, "total": "2026-01-02"}
        for number, text in enumerate(["2026-07-01", "2026-01-31 12:30:00", "2026-07-01T12:00:00+08:00", "soon"])
    ]
    reader = export({"orders": orders}, ZoneInfo("Europe/Paris"))

    entries = list(reader.entries())
    assert [entry.data["placed_at"] for entry in entries] == [
        datetime(2026, 6, 30, 22, tzinfo=UTC),
        datetime(2026, 1, 31, 11, 30, tzinfo=UTC),
        datetime(2026, 7, 1, 4, tzinfo=UTC),
        "soon",
    ]
    assert entries[0].data["total"] == "2026-01-02"
    assert entries[0].kept == [orders[0]]


def test_without_a_zone_times_stay_as_they_are(export):
    [order] = export({"orders": [{"order_id": "1", "placed_at": "2026-07-01"}]}).entries()

    assert order.data["placed_at"] == "2026-07-01"
