from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from personalization.recommend.learning import together as module
from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.history import History, history_of
from personalization.recommend.learning.together import enough_share, people_of_orders
from tests.personalization.recommend.learning.bought import DAY, bought, shop


def history() -> History:
    purchases = shop()
    return history_of(purchases, catalogue_of(purchases, 1), 200 * DAY)


def shared(of: History, least: int) -> set[tuple[int, int]]:
    """Pairs that so many people bought in one basket, counted one by one."""
    people: dict[tuple[int, int], set[int]] = {}
    for order in np.unique(of.order):
        lines = of.order == order
        for pair in combinations(sorted(set(of.item[lines].tolist())), 2):
            people.setdefault(pair, set()).update(of.person[lines].tolist())
    return {pair for pair, who in people.items() if len(who) >= least}


@pytest.mark.parametrize("most", [1, 40, 2_000_000])
def test_enough_people_bought_both_in_one_basket(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_LINES", most)
    found = history()
    enough = enough_share(found, slice(5, 20), found.baskets.tocsc(), people_of_orders(found), 3)
    pairs = shared(found, 3)
    expected = {(one, other) for a, b in pairs for one, other in ((a, b), (b, a)) if 5 <= one < 20}
    assert {(row + 5, column) for row, column in zip(*enough.nonzero(), strict=True)} == expected
    assert 0 < len(expected) < enough.size


def test_only_the_last_orders_of_a_product_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [(person, day, product) for day, person in enumerate("abcd") for product in ("x", "y" if day else "z")]
    purchases = bought(lines)
    found = history_of(purchases, catalogue_of(purchases, 1), 9 * DAY)
    asked = slice(0, 1), found.baskets.tocsc(), people_of_orders(found), 1
    assert enough_share(found, *asked).tolist() == [[False, True, True]]
    monkeypatch.setattr(module, "MOST_ORDERS", 3)
    assert enough_share(found, *asked).tolist() == [[False, True, False]]
