from __future__ import annotations

from itertools import repeat

import msgspec
import pytest

from personalization.recommend.listed import Listed, Part, listed, packed, unpacked


def test_what_is_packed_is_there_again():
    lists = {Part.NEXT: [Listed("lamp", 0.5), Listed("mug", 0.25, "lamp")], "again": []}
    assert packed(lists) == '{"next":[["lamp",0.5,""],["mug",0.25,"lamp"]],"again":[]}'
    found = unpacked(packed(lists))
    assert found == {"next": [Listed("lamp", 0.5), Listed("mug", 0.25, "lamp")], "again": []}
    assert found[Part.NEXT][1].because == "lamp"


@pytest.mark.parametrize("text", ["", "[]", '{"next": 5}', '{"next": [["lamp", "dear", ""]]}'])
def test_what_is_no_list(text):
    with pytest.raises(msgspec.MsgspecError):
        unpacked(text)


def test_listed_are_made_of_columns():
    assert listed(["lamp", "mug"], [0.5, 0.25]) == [Listed("lamp", 0.5), Listed("mug", 0.25)]
    assert listed(["lamp"], repeat(0.0), ["mug", "cup"]) == [Listed("lamp", 0.0, "mug")]
    assert type(listed(["lamp"], [1.0])[0]) is Listed
