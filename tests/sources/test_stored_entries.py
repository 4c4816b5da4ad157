from __future__ import annotations

from functools import partial

from segmentation.sources.stored.entries import LINE_COLUMN, Entry, Refusal, last_of_each


def entry(key, row, *refusals, relation="orders"):
    return Entry(relation, key, row, [], partial(tuple), refusals=list(refusals))


def test_the_last_of_each_counts():
    warnings = ["before"]
    entries = [entry("1", 1), entry("2", 2), entry("1", 3), entry("1", 4, relation="products")]

    assert [each.row for each in last_of_each(entries, warnings)] == [2, 3, 4]
    assert warnings == ["before", "rows that a later one repeats: 1; the last counts"]


def test_what_is_refused_stays():
    warnings = []

    assert len(last_of_each([entry("", 1, Refusal(1, "", "x")), entry("", 2, Refusal(2, "", "x"))], warnings)) == 2
    assert warnings == []


def test_a_column_of_a_line():
    assert LINE_COLUMN.fullmatch("lines[12].line_total").groups() == ("12", "line_total")
    assert LINE_COLUMN.fullmatch("line_total") is None
