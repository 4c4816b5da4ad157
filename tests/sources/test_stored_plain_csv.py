from __future__ import annotations

import csv
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from segmentation.errors import SourceError
from segmentation.sources.stored.plain_csv import PlainOrders

HEAD = "customer,order,product,date"


@pytest.fixture
def file(tmp_path):
    """Reads lines as a file."""

    def read(*lines: str, **how: object) -> PlainOrders:
        path = tmp_path / "lines.csv"
        path.write_text("\n".join(lines), "utf-8")
        return PlainOrders(path, **how)

    return read


def data(reader, relation="orders"):
    return [entry.data for entry in reader.entries() if entry.relation == relation and not entry.refusals and not entry.left_out]


def refusals(reader):
    return [tuple(refusal) for entry in reader.entries() for refusal in entry.refusals]


def test_an_order_of_two_lines_wherever_they_stand(file):
    reader = file(
        f"{HEAD},qty,unit_price,title,country",
        "7,A,LAMP,2026-03-01 12:00,2,5.00,Lamp,FR",
        "8,B,MUG,2026-03-02,1,3,Mug,PL",
        "7,A,MUG,2026-03-01 12:00,1,3.00,Blue mug,FR",
        zone=ZoneInfo("Europe/Paris"),
    )
    assert reader.total == 2
    mug, order = data(reader)
    assert mug["placed_at"] == datetime(2026, 3, 1, 23, tzinfo=UTC)
    assert order == {
        "order_id": "A",
        "customer": "7",
        "country": "FR",
        "placed_at": datetime(2026, 3, 1, 11, tzinfo=UTC),
        "total": Decimal("13.00"),
        "lines": [
            {"product_id": "LAMP", "quantity": Decimal(2), "line_total": Decimal("10.00")},
            {"product_id": "MUG", "quantity": Decimal(1), "line_total": Decimal("3.00")},
        ],
    }
    assert data(reader, "customers") == [{"customer_id": "8", "country": "PL"}, {"customer_id": "7", "country": "FR"}]
    assert [one["title"] for one in data(reader, "products")] == ["Mug", "Lamp"]
    assert reader.warnings == []


def test_who_bought_what_and_when_is_enough(file):
    reader = file("Customer ID;Item;Date", "7;LAMP;2026-03-01", "7;MUG;2026-03-01", "7;MUG;2026-03-02", "8;MUG;2026-03-01")
    assert [(one["order_id"], len(one["lines"]), one["total"]) for one in data(reader)] == [
        ("7 2026-03-01T00:00:00+00:00", 2, 0),
        ("7 2026-03-02T00:00:00+00:00", 1, 0),
        ("8 2026-03-01T00:00:00+00:00", 1, 0),
    ]
    assert reader.warnings == [
        "no column names the order: what one customer bought at one time is one order",
        "there is no price: all amounts are 0",
    ]


def test_guests_by_email_and_a_total_of_each_line(file):
    order = data(file("email\tsku\tdate\ttotal\tcurrency", "ada@example.com\tLAMP\t2026-03-01\t12,50\teur"))[0]
    assert (order["email"], order["total"], order["currency"]) == ("ada@example.com", Decimal("12.50"), "eur")
    assert "customer" not in order


@pytest.mark.parametrize(
    ("text", "form", "moment"),
    [
        ("2026-03-01T12:00:00+01:00", "", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ("1772362800", "", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ("1772362800000", "", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ("01/03/26 12h", "%d/%m/%y %Hh", datetime(2026, 3, 1, 12, tzinfo=UTC)),
    ],
)
def test_dates(file, text, form, moment):
    assert data(file("customer,product,date", f"7,LAMP,{text}", form=form))[0]["placed_at"] == moment


def test_dates_of_another_kind_are_told_at_once(file):
    with pytest.raises(
        SourceError, match=r"row 2, date: “01/03/2026” is no date in ISO 8601, .* --date-format '%d/%m/%Y %H:%M'$"
    ):
        file(HEAD, "7,A,LAMP,01/03/2026")
    with pytest.raises(SourceError, match=r"row 2, date: “2026-03-01” is not written as %d/%m/%Y$"):
        file(HEAD, "7,A,LAMP,2026-03-01", form="%d/%m/%Y")


def test_what_cannot_be_is_told_by_row_and_column(file):
    reader = file(
        f"{HEAD},quantity,price",
        "7,A,LAMP,2026-03-01,1,2",
        "7,B,,yesterday,one,2",
        "7,C,LAMP,2026-03-01,1,2",
        "8,C,LAMP,2026-03-01,1,2",
        "7,D,LAMP,2026-03-01,1,2,3",
    )
    found = refusals(reader)
    assert [(row, column) for row, column, _ in found] == [(3, "date"), (3, "product"), (3, "quantity"), (5, "customer"), (6, "")]
    assert found[1:4] == [
        (3, "product", "is required"),
        (3, "quantity", "is no decimal number, such as “19.90”"),
        (5, "customer", "“8”, while the first row of order “C” has “7”"),
    ]
    assert [one["order_id"] for one in data(reader)] == ["A"]


def test_what_was_given_back_and_what_is_nobodys_is_left_out_and_counted(file):
    reader = file(
        f"{HEAD},quantity,price",
        "7,A,LAMP,2026-03-01,1,2",
        "7,A,MUG,2026-03-01,-1,2",
        "7,B,MUG,2026-03-01,-1,2",
        ",C,MUG,2026-03-01,1,2",
        "7,D,MUG,2026-03-01,,",
    )
    entries = [entry for entry in reader.entries() if entry.relation == "orders"]
    assert [(entry.key, entry.left_out) for entry in entries] == [("A", ""), ("B", "given back"), ("C", "nobody's"), ("D", "")]
    assert len(entries[0].data["lines"]) == 1
    assert reader.warnings == [
        "rows without an amount: 1; it is taken as 0",
        "rows without a quantity: 1; it is taken as 1",
        "rows that give something back (no piece, or an amount below 0): 2; they are left out",
    ]


def test_places_are_those_of_the_file(file):
    entry = next(file("User,Basket,SKU,Timestamp", "7,A,LAMP,2026-03-01").entries())
    assert (entry.place("lines[0].product_id"), entry.place("customer"), entry.place("placed_at")) == (
        (2, "SKU"),
        (2, "User"),
        (2, "Timestamp"),
    )


def test_refused_rows_once_mended_are_a_file_like_any_other(file, tmp_path):
    reader = file("customer;product;date", "7;LAMP;2026-03-01", "7;LAMP;soon")
    errors = reader.errors_file(str(tmp_path / "errors.csv"))
    for entry in reader.entries():
        if entry.refusals:
            errors.add(entry)
    errors.close()
    rows = list(csv.reader((tmp_path / "errors.csv").read_text("utf-8-sig").splitlines()))
    assert [row[:4] for row in rows] == [["customer", "product", "date", "Error row"], ["7", "LAMP", "soon", "3"]]
    assert file(*(",".join(row[:3]).replace("soon", "2026-03-02") for row in rows)).total == 1
