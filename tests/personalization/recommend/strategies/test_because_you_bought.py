from __future__ import annotations

from personalization.recommend.keys import person_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import ALICE, listed, offered


def alice(new: dict[str, str], *bought: str) -> dict[str, Lists]:
    """Her row: what is new to her, and because of what."""
    return {person_key(ALICE): {Part.NEW: listed(*new, because=new), Part.BOUGHT: listed(*bought)}}


def test_the_last_purchase_with_enough_is_the_one() -> None:
    new = {"a": "old", "b": "old", "c": "old", "d": "last", "e": "older", "f": "older", "g": "older", "h": "older", "i": ""}
    assert offered("because_you_bought", alice(new, "last", "old", "older"), person=ALICE) == [
        ("a", Why.BECAUSE_BOUGHT, "old"),
        ("b", Why.BECAUSE_BOUGHT, "old"),
        ("c", Why.BECAUSE_BOUGHT, "old"),
    ]


def test_where_none_has_enough_the_one_with_most_is() -> None:
    found = offered("because_you_bought", alice({"a": "last", "b": "old", "c": "old"}, "last", "old"), person=ALICE)
    assert [name for name, *_ in found] == ["b", "c"]


def test_what_is_new_for_no_single_reason_is_left_out() -> None:
    assert offered("because_you_bought", alice({"a": ""}, "last"), person=ALICE) == []
