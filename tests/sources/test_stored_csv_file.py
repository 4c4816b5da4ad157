from __future__ import annotations

from functools import partial

import pytest

from segmentation.sources.stored.csv_file import CsvErrors, CsvFile, Row
from segmentation.sources.stored.entries import Entry, Refusal


@pytest.fixture
def table(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> CsvFile:
        path = tmp_path / "orders.csv"
        path.write_bytes(text.encode(encoding, "surrogateescape"))
        return CsvFile(path)

    return write


def test_rows_have_the_numbers_of_a_spreadsheet(table):
    found = table('Name,Total\n#1,"5\n0"\n\n#2,6\r\n')

    assert found.head == ["Name", "Total"]
    assert list(found.rows()) == [Row(2, ["#1", "5\n0"]), Row(4, ["#2", "6"])]
    assert list(found.rows()) == list(found.rows())


def test_cells_are_found_by_the_name_of_their_column(table):
    found = table("\ufeff TOTAL ,Name,Total\n 5 , #1 ,6\n7\n")
    first, second = found.rows()

    assert [found.cell(first, name) for name in ("Name", "total", "Email")] == ["#1", "5", ""]
    assert [found.cell(second, name) for name in ("Name", "Total")] == ["", "7"]
    assert found.missing(["Name", "Email", "Total", "Currency"]) == ["Email", "Currency"]


def test_a_row_that_is_too_wide(table):
    found = table("Name,Total\n#1,5\n#2\n#3,5,0\n")

    assert [found.fault(row) for row in found.rows()] == ["", "", "has 3 cells, the head has 2"]


def test_an_empty_file(table):
    found = table("")

    assert (found.head, list(found.rows()), found.missing(["Name"])) == ([], [], ["Name"])


def test_a_row_that_is_no_csv_does_not_hide_those_after_it(table):
    found = table('Name,Total\n#1,"5"0\n#2,6\n')
    first, second = found.rows()

    assert (first.number, first.cells, found.fault(first)) == (2, [], "',' expected after '\"'")
    assert second == Row(3, ["#2", "6"])


def test_a_quotation_mark_that_is_never_closed_is_told(table):
    (row,) = table('Name,Total\n#1,"5\n#2,6\n').rows()

    assert (row.cells, row.fault) == ([], "unexpected end of data")


def test_a_cell_of_any_length_harms_nothing(table):
    first, second = table(f"Name,Total\n#1,{'x' * 200_000}\n#2,6\n").rows()

    assert (first.fault, second.cells) == ("field larger than field limit (131072)", ["#2", "6"])


def test_windows_1252(table):
    found = table("Name,City\n#1,Nîmes\n", "cp1252")

    assert [row.cells for row in found.rows()] == [["#1", "Nîmes"]]
    assert found.warnings == ["the file is not in UTF-8: read as Windows-1252"]


def test_what_is_in_neither_encoding_is_seen_in_its_cell(table):
    found = table("Name,City\n#1,Nîmes\n#2,N\udceemes\n")

    assert [found.cell(row, "City") for row in found.rows()] == ["Nîmes", "N\udceemes"]


def test_refused_rows_go_out_as_they_came(tmp_path, table):
    path = tmp_path / "errors.csv"
    errors = CsvErrors(str(path), ["Name", "City", "Total"])
    errors.close()
    assert not path.exists()

    rows = [Row(2, ["#1", "N\udceemes", "x,y"]), Row(3, ["#1"])]
    refusals = [Refusal(2, "Total", "is no number"), Refusal(2, "City", "is odd")]
    errors.add(Entry("orders", "#1", 2, rows, partial(tuple), refusals=refusals))
    errors.close()

    assert path.read_bytes() == (
        b'\xef\xbb\xbfName,City,Total,Error row,Error\r\n#1,N\xeemes,"x,y",2,Total: is no number; City: is odd\r\n#1,,,3,\r\n'
    )
