from __future__ import annotations

from itertools import repeat

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from personalization.recommend.listed import Listed, Part, Ranking, listed, packed, unpacked


def test_what_is_packed_is_there_again():
    lists = {Part.NEXT: [Listed("lamp", 0.5), Listed("mug", 0.25, "lamp")], "again": []}
    assert packed(lists) == '{"next":[["lamp","mug"],[0.5,0.25],["","lamp"]],"again":[[],[],[]]}'
    found = unpacked(packed(lists))
    assert found == {"next": [Listed("lamp", 0.5), Listed("mug", 0.25, "lamp")], "again": []}
    assert found[Part.NEXT][1].because == "lamp"


def test_what_stands_there_for_nothing_says_so_once():
    assert packed({"again": [Listed("lamp", 0.5), Listed("mug", 0.25)]}) == '{"again":[["lamp","mug"],[0.5,0.25],[]]}'
    assert list(unpacked('{"again":[["lamp"],[0.5],[]]}')["again"]) == [Listed("lamp", 0.5, "")]


NO_LISTS = [
    "", "[]", '{"next": 5}', '{"next": []}', '{"next": [["lamp"], ["dear"], [""]]}', '{"next": [["lamp"], [], []]}',
    '{"next": [["lamp"], [0.5], ["mug", "cup"]]}',
]  # fmt: skip


@pytest.mark.parametrize("text", NO_LISTS)
def test_what_is_no_list(text):
    with pytest.raises(msgspec.MsgspecError):
        unpacked(text)


LISTS = st.lists(st.builds(Listed, st.text(), st.floats(allow_nan=False, allow_infinity=False), st.text()))


@given(items=LISTS, other=LISTS, place=st.integers(-9, 9))
def test_a_ranking_is_the_list_that_it_was_made_of(items, other, place):
    ranking = Ranking.of(items)
    assert list(ranking) == items
    assert (len(ranking), ranking[:place], ranking[place:]) == (len(items), items[:place], items[place:])
    assert (ranking == items, ranking == other) == (True, items == other)
    assert [ranking[at] for at in range(len(items))] == items
    assert unpacked(packed({"next": items}))["next"] == items
    assert Ranking.of(ranking) is ranking


def test_listed_are_made_of_columns():
    assert listed(["lamp", "mug"], [0.5, 0.25]) == [Listed("lamp", 0.5), Listed("mug", 0.25)]
    assert listed(["lamp"], repeat(0.0), ["mug", "cup"]) == [Listed("lamp", 0.0, "mug")]
    assert type(listed(["lamp"], [1.0])[0]) is Listed
