from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from segmentation.errors import SourceError
from segmentation.sources.stored.canonical_json import CanonicalRows

EXPORT = Path(__file__).parent / "imports" / "canonical.json"


@pytest.fixture
def export(tmp_path):
    def read(content: object) -> CanonicalRows:
        path = tmp_path / "rows.json"
        path.write_text(json.dumps(content))
        return CanonicalRows(path)

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
