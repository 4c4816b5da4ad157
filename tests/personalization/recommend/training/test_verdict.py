from __future__ import annotations

from typing import Any

import pytest

from personalization.recommend.training.verdict import objection
from tests.personalization.recommend.training.conftest import scored


def card(lines: int = 100, **tasks: float) -> dict[str, Any]:
    return {"data": {"lines": lines}, "report": {"tasks": {task: scored(middle) for task, middle in tasks.items()}}}


@pytest.mark.parametrize(
    "new",
    [
        card(next=0.30, new=0.10),
        card(next=0.28, new=0.09),
        card(next=0.50, new=0.081),
        card(lines=50, next=0.30, new=0.10),
        card(next=0.30),
        {},
        {"report": {}, "data": {}},
    ],
    ids=["alike", "at the edge", "better", "half", "one task", "nothing", "empty"],
)
def test_it_may(new):
    assert objection(new, card(next=0.30, new=0.10)) == ""


def test_it_may_where_nothing_is_known_of_the_other():
    assert objection(card(next=0.1), {}) == ""


def test_worse_beyond_chance():
    assert objection(card(next=0.2799 - 0.0001, new=0.2), card(next=0.30, new=0.1)).startswith("It does worse at “next”")
    assert objection(card(next=0.3, new=0.05), card(next=0.30, new=0.1)) == (
        "It does worse at “new” than the version that is served: NDCG@10 is 0.0500, at most 0.0600; that of the other 0.1000, "
        "at least 0.0900."
    )


def test_far_less_to_learn_from():
    assert objection(card(lines=1_499), card(lines=3_000)) == (
        "It learned from 1,499 lines of orders, the version that is served from 3,000."
    )
