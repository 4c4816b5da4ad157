from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personalization.errors import NothingToLearn
from personalization.recommend.learning import catalogue
from personalization.recommend.learning.choice import DEFAULT, choose
from personalization.recommend.learning.described import Described
from personalization.recommend.learning.fit import Fitted, fit
from personalization.recommend.listed import Listed, Lists, Part, packed, unpacked
from tests.personalization.recommend.learning.bought import DAY, Line, bought, shop


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    purchases = shop()
    return fit(purchases, choose(purchases), now=100 * DAY)


def products(listed: Sequence[Listed]) -> list[str]:
    return [one.product for one in listed]


def test_everybody_has_lists_of_all_parts(fitted: Fitted) -> None:
    lists = dict(fitted.people())
    assert sorted(lists) == sorted(fitted.purchases.keys)
    for key, parts in lists.items():
        before = set(products(parts[Part.BOUGHT]))
        assert before
        assert parts[Part.NEXT]
        assert set(products(parts[Part.NEW])).isdisjoint(before), key
        assert set(products(parts[Part.AGAIN])) <= before
        assert {one.because for one in parts[Part.NEW]} <= before | {""}


def test_lists_are_sorted_and_name_nothing_twice(fitted: Fitted) -> None:
    for _, parts in [*fitted.people(), *fitted.products()]:
        for part, listed in parts.items():
            assert len(set(products(listed))) == len(listed), part
            assert [one.score for one in listed] == sorted((one.score for one in listed), reverse=True), part


def test_lists_can_be_kept(fitted: Fitted) -> None:
    _, lists = next(iter(fitted.people()))
    assert {part: products(listed) for part, listed in unpacked(packed(lists)).items()} == {
        part: products(listed) for part, listed in lists.items()
    }


def test_bought_has_the_last_in_front() -> None:
    fitted = fit(bought([("a", 1, "x"), ("a", 2, "y"), ("a", 3, "x")]), DEFAULT, now=4 * DAY)
    assert products(dict(fitted.people())["user:a"][Part.BOUGHT]) == ["x", "y"]


def baskets(shared: int) -> list[Line]:
    """x and y lie in one basket of so many people; x and z in six baskets of one person."""
    lines = [(f"{person}", 1, product) for person in range(shared) for product in "xy"]
    return [*lines, *[("z", day, product) for day in range(6) for product in "xz"], *[(f"o{n}", 2, "z") for n in range(9)]]


@pytest.mark.parametrize(("people", "together"), [(5, ["y"]), (4, [])])
def test_bought_together_names_what_five_people_share(people: int, together: list[str]) -> None:
    lists = dict(fit(bought(baskets(people)), DEFAULT, now=9 * DAY).products())
    assert products(lists.get("x", {}).get(Part.TOGETHER, [])) == together


@pytest.mark.parametrize(("people", "similar"), [(5, ["y"]), (4, [])])
def test_similar_names_what_five_people_bought_both_of(people: int, similar: list[str]) -> None:
    lists = dict(fit(bought(baskets(people)), DEFAULT, now=9 * DAY).products())
    assert products(lists.get("x", {}).get(Part.SIMILAR, [])) == similar


def test_how_many_must_share_is_a_parameter() -> None:
    lists = dict(fit(bought(baskets(4)), DEFAULT, now=9 * DAY, least_shared=1).products())
    assert sorted(products(lists["x"][Part.SIMILAR])) == ["y", "z"]
    assert sorted(products(lists["x"][Part.TOGETHER])) == ["y", "z"]


def test_products_that_nobody_bought_are_similar_by_their_words() -> None:
    described = {
        "x": Described("Blue tea cup", "Cups"),
        "cold": Described("Red tea cup", "Cups"),
        "bare": Described(),
        "far": Described("Garden hose", "Garden"),
    }
    lists = dict(fit(bought([("a", 1, "x"), ("b", 1, "y")]), DEFAULT, now=2 * DAY, described=described).products())
    assert products(lists["cold"][Part.SIMILAR]) == ["x"]
    assert products(lists["x"][Part.SIMILAR]) == ["cold"]
    assert "bare" not in lists


def test_what_is_popular_anywhere_in_a_country_and_among_some() -> None:
    lines = [("a", 0, "x"), ("b", 0, "x"), ("c", 0, "x"), ("a", 50, "y"), ("b", 100, "y")]
    fitted = fit(bought(lines, countries=["FR", "FR", "GB", "GB", "GB"]), DEFAULT, now=100 * DAY)
    found = fitted.popular()
    assert products(found[Part.BEST]) == ["x", "y"]
    assert products(found[Part.TRENDING]) == ["y", "x"]
    assert found[Part.BEST][0].score == 3.0
    assert products(fitted.popular(country="FR")[Part.BEST]) == ["x"]
    assert fitted.popular(country="DE") == {Part.TRENDING: [], Part.BEST: []}
    assert products(fitted.popular(np.array([False, False, True]))[Part.BEST]) == ["x"]


def test_who_wants_a_product_has_never_bought_it(fitted: Fitted) -> None:
    wanted = fitted.who_wants("p05", 10)
    owners = {key for key, lists in fitted.people() if "p05" in products(lists[Part.BOUGHT])}
    assert len(wanted) <= 10
    assert wanted
    assert owners.isdisjoint(key for key, _ in wanted)
    shares = [share for _, share in wanted]
    assert shares[0] == 1.0
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 0


def test_nobody_wants_what_is_unknown(fitted: Fitted) -> None:
    assert fitted.who_wants("unheard-of", 10) == []
    assert fitted.who_wants("p05", 0) == []


def test_nothing_bought_is_nothing_to_learn() -> None:
    empty = bought([])
    with pytest.raises(NothingToLearn, match="has bought anything yet"):
        fit(empty, choose(empty), now=0)


def test_nothing_in_any_quantity_is_nothing_to_learn() -> None:
    returned = bought([("a", 1, "x")], quantities=[-1.0])
    with pytest.raises(NothingToLearn):
        fit(returned, DEFAULT, now=DAY)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdefg"),
            st.integers(0, 3),
            st.sampled_from("uvwxyz"),
            st.sampled_from([1.0, 1e30, 0.0, -3.0, np.nan]),
        ),
        min_size=1,
        max_size=40,
    ),
)
def test_any_small_shop_has_sensible_lists(rows: list[tuple[str, int, str, float]]) -> None:
    purchases = bought([row[:3] for row in rows], quantities=[row[3] for row in rows])
    counted = {row[0] for row in rows if row[3] > 0}
    if not counted:
        return
    fitted = fit(purchases, choose(purchases), now=4 * DAY)
    people: Mapping[str, Lists] = dict(fitted.people())
    assert set(people) == {f"user:{person}" for person in counted}
    sold = {row[2] for row in rows if row[3] > 0}
    for parts in [*people.values(), *dict(fitted.products()).values()]:
        for part, listed in parts.items():
            assert set(products(listed)) <= sold, part
            assert all(np.isfinite(one.score) for one in listed), part


def test_more_products_go_together_than_are_scored_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [(f"{person}", 1, product) for person in range(6) for product in "wxyz"]
    monkeypatch.setattr(catalogue, "MOST_SCORES", 1)
    monkeypatch.setattr(catalogue, "FEWEST_PRODUCTS", 2)
    fitted = fit(bought([*lines, ("9", 1, "y"), ("9", 1, "z")]), DEFAULT, now=2 * DAY)
    assert products(dict(fitted.people())["user:9"][Part.NEXT]) == ["y", "z"]
    assert sorted(products(dict(fitted.products())["w"][Part.TOGETHER])) == ["x", "y", "z"]


def test_everybody_bought_everything() -> None:
    fitted = fit(bought([(person, 1, product) for person in "abcdef" for product in "xyz"]), DEFAULT, now=2 * DAY)
    lists = dict(fitted.people())["user:a"]
    assert lists[Part.NEW] == []
    assert sorted(products(lists[Part.NEXT])) == ["x", "y", "z"]
