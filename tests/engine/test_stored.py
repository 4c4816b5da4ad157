from __future__ import annotations

import pytest

from segmentation.engine import stored
from segmentation.engine.stored import rules_of
from segmentation.errors import RuleError
from segmentation.models import Segment
from segmentation.rules import dump, load, parse

RULE = parse("orders.count() >= 2")


def test_rules_by_segment_and_what_is_wrong_with_the_others():
    good = Segment(pk=1, slug="good", definition=dump(RULE))
    empty = Segment(pk=2, slug="empty", definition={**dump(RULE), "rules": []})
    strange = Segment(pk=3, slug="strange", definition=["no rule"])

    rules, unreadable = rules_of([good, empty, strange])
    assert rules == {1: RULE}
    assert {pk: type(error) for pk, error in unreadable.items()} == {2: RuleError, 3: RuleError}
    assert [problem.path for problem in unreadable[2].problems] == [""]
    assert "empty" in str(unreadable[2])


@pytest.mark.parametrize("definition", [None, {}, "", 7, {"version": 99, "combinator": "and", "rules": []}])
def test_nothing_unreadable_is_raised(definition):
    rules, unreadable = rules_of([Segment(pk=1, definition=definition)])

    assert (rules, list(unreadable)) == ({}, [1])


def test_a_definition_is_read_once_however_many_segments_have_it(monkeypatch):
    read: list[object] = []

    def count(definition):
        read.append(definition)
        return load(definition)

    monkeypatch.setattr(stored, "load", count)
    stored._read.cache_clear()
    other = parse("orders.count() >= 987")
    twins = [Segment(pk=pk, definition=dump(other)) for pk in (1, 2)]

    for _ in range(3):
        assert rules_of([*twins, Segment(pk=3, definition=dump(RULE))])[0] == {1: other, 2: other, 3: RULE}
    assert read == [dump(other), dump(RULE)]


def test_what_is_wrong_with_a_definition_is_told_each_time():
    broken = Segment(pk=1, definition={**dump(RULE), "rules": []})

    for _ in range(2):
        assert [str(error) for error in rules_of([broken])[1].values()] == ["/: the group is empty: say whom it should take in"]


def test_no_segments():
    assert rules_of([]) == ({}, {})
