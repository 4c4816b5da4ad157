from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personalization.recommend.learning import choice as module
from personalization.recommend.learning import grid
from personalization.recommend.learning.choice import DEFAULT, choose, of_some
from personalization.recommend.learning.contest import is_better
from segmentation.store.purchases import Purchases
from tests.personalization.recommend.learning.bought import DAY, bought, shop


def test_choice_is_fit_for_json_and_says_what_was_tried() -> None:
    chosen = choose(shop())
    assert json.loads(json.dumps(chosen.settings)) == chosen.settings
    assert sorted(chosen.settings) == ["basket", "new", "next"]
    assert any(name.startswith("frequency") for name in chosen.tried["next"])
    assert all(0.0 <= value <= 1.0 for tried in chosen.tried.values() for value in tried.values())


def test_habits_are_found_in_a_shop_of_habits() -> None:
    models = {part["model"] for part in choose(shop()).settings["next"]["parts"]}
    assert models & {"frequency", "tifu"}


def readers() -> Purchases:
    """Two circles of readers: each reads the books of its circle in an order of her own, one a week."""
    generator = np.random.default_rng(2)
    return bought(
        (f"{person:02}", 7 * week + person % 7, f"{person % 2}-{book:02}")
        for person in range(80)
        for week, book in enumerate(generator.permutation(20)[:16])
    )


def test_where_nobody_buys_twice_only_the_new_is_shown() -> None:
    assert choose(readers()).settings["next"]["only_new"] is True


def test_the_same_purchases_give_the_same_choice() -> None:
    assert choose(shop()) == choose(shop())


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 1000))
def test_nothing_after_the_moment_changes_the_choice(seed: int) -> None:
    """Whatever the part to be tested is, what is chosen before it is the same."""
    purchases, moment = shop(), 75 * DAY
    later = np.flatnonzero(purchases.times >= moment)
    shuffled = purchases.product.copy()
    shuffled[later] = np.random.default_rng(seed).permutation(shuffled[later])
    changed = Purchases(**{**purchases.__dict__, "product": shuffled})
    assert changed.product.tolist() != purchases.product.tolist()
    assert choose(changed.before(moment)) == choose(purchases.before(moment))


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [("a", 1, "x")],
        [("a", 1, "x"), ("a", 1, "y"), ("b", 1, "x")],
        [(person, day, "x") for person in "abcdef" for day in range(9)],
    ],
    ids=["nothing", "one line", "all at once", "one product"],
)
def test_too_little_to_choose_by_is_served_by_what_does_well_elsewhere(lines: list[tuple[str, int, str]]) -> None:
    assert choose(bought(lines)).settings == DEFAULT.settings


def test_a_task_of_few_questions_takes_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAST_ASKED", 10_000)
    assert choose(shop()).settings == DEFAULT.settings


def test_of_many_people_the_same_share_of_each_stratum_is_asked() -> None:
    lines = [(f"{person:02}", day, "x") for person in range(40) for day in range(1 if person % 4 else 9)]
    some = of_some(bought(lines), 8)
    counts = np.bincount(some.person)
    assert sorted(counts[counts > 0].tolist()) == [1] * 6 + [9] * 2
    assert some.keys == bought(lines).keys
    assert len(of_some(bought(lines), 40)) == len(lines)


def test_a_choice_says_by_how_many_people_it_was_made() -> None:
    assert choose(shop()).people == 40
    assert DEFAULT.people == 0


def test_taste_is_tried_in_shops_that_cannot_be_weighed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("implicit")
    monkeypatch.setattr(grid, "is_weighed_whole", lambda people, products: False)
    assert {name.split()[0] for name in choose(readers()).tried["new"]} >= {"als", "ease", "alike", "popularity"}


def test_better_is_more_than_chance() -> None:
    assert is_better(np.array([0.6, 0.7, 0.8]), np.array([0.1, 0.2, 0.3]))
    assert not is_better(np.array([1.0, 0.0, 0.1]), np.array([0.0, 1.0, 0.0]))
    assert not is_better(np.array([0.5]), np.array([0.5]))
