from __future__ import annotations

from personalization.recommend.listed import Listed, Part
from personalization.recommend.training.rescoring import rescored
from tests.personalization.recommend.training.test_popularity import END, purchases


def test_lists_after_an_order():
    bought = purchases(("user:1", "A", "", 100), ("user:1", "B", "", 1), ("user:2", "C", "", 5))
    before = {"person:user:1": {"new": [Listed("B", 0.9, "A"), Listed("D", 0.8, "A")]}}
    tables = {"product:B": {"together": [Listed("A", 0.5), Listed("D", 0.4), Listed("E", 0.3)]}}
    lists = dict(rescored(bought, before, tables, now=END))

    assert list(lists) == ["user:1", "user:2"]
    first = lists["user:1"]
    assert [one.product for one in first[Part.BOUGHT]] == ["B", "A"]
    assert first[Part.NEW] == [Listed("D", 0.8, "A"), Listed("E", 0.3, "B")]
    assert [one.product for one in first[Part.AGAIN]] == ["B", "A"]
    assert [one.product for one in first[Part.NEXT]] == ["B", "A", "D", "E"]
    assert lists["user:2"][Part.NEW] == []
