from __future__ import annotations

from personalization.recommend.keys import person_key
from personalization.recommend.listed import Part
from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import ALICE, listed, offered


def test_what_is_new_is_there_because_of_a_purchase_or_of_all() -> None:
    lists = {person_key(ALICE): {Part.NEW: listed("a", "b", because={"a": "lamp"}), Part.NEXT: listed("x")}}
    assert offered("discover", lists, person=ALICE) == [("a", Why.BECAUSE_BOUGHT, "lamp"), ("b", Why.TASTE, "")]
