from __future__ import annotations

from personalization.recommend.keys import person_key
from personalization.recommend.listed import Listed, Part
from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import ALICE, listed, of_alice, offered


def test_each_product_has_its_own_reason() -> None:
    lists = {
        person_key(ALICE): {
            Part.NEXT: [Listed("old", 3.0), Listed("new", 2.0), Listed("known", 1.0, "old"), Listed("taste", 0.5)],
            Part.NEW: listed("new", "taste", because={"new": "lamp"}),
            Part.BOUGHT: listed("old", "lamp"),
        }
    }
    assert offered("for_you", lists, person=ALICE) == [
        ("old", Why.BOUGHT_BEFORE, ""),
        ("new", Why.BECAUSE_BOUGHT, "lamp"),
        ("known", Why.BECAUSE_BOUGHT, "old"),
        ("taste", Why.TASTE, ""),
    ]


def test_the_row_of_somebody_else_is_not_read() -> None:
    assert offered("for_you", of_alice(next=["a"]), person="user:18") == []
