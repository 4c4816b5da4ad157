from __future__ import annotations

import numpy as np
import pytest

from personalization.recommend.learning import catalogue as module
from personalization.recommend.learning.catalogue import buyers_of, catalogue_for_people, catalogue_of
from tests.personalization.recommend.learning.bought import bought


def sold(*buyers: int) -> list[tuple[str, int, str]]:
    """Products p00, p01 … with so many buyers each."""
    return [(f"{person}", 1, f"p{product:02}") for product, count in enumerate(buyers) for person in range(count)]


def test_buyers_are_counted_once() -> None:
    assert buyers_of(bought([("a", 1, "x"), ("a", 2, "x"), ("b", 3, "x"), ("b", 3, "y")])).tolist() == [2, 1]


def test_products_of_five_buyers_make_the_catalogue_of_a_large_shop() -> None:
    catalogue = catalogue_of(bought(sold(*[5] * 20, 4, 6)))
    assert catalogue.products.tolist() == [*range(20), 21]
    assert catalogue.columns.tolist() == [*range(20), -1, 20]


@pytest.mark.parametrize(
    ("buyers", "products"),
    [((3, 2, 1), [0, 1, 2]), ((), []), ((4,) * 20 + (3,), list(range(20))), ((1,), [0])],
    ids=["few products are all taken", "none", "four are enough where five leave nothing", "one"],
)
def test_small_shops_are_content_with_fewer_buyers(buyers: tuple[int, ...], products: list[int]) -> None:
    assert catalogue_of(bought(sold(*buyers))).products.tolist() == products


def test_what_nobody_bought_and_what_has_no_quantity_is_left_out() -> None:
    purchases = bought([("a", 1, "x"), ("a", 1, "y"), ("a", 1, "z")], quantities=[1.0, -2.0, np.nan])
    assert catalogue_of(purchases).products.tolist() == [0]


def test_a_very_large_shop_scores_what_most_people_buy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SCORES", 12)
    monkeypatch.setattr(module, "FEWEST_PRODUCTS", 1)
    purchases = bought(sold(5, 6, 4, 6))
    assert catalogue_of(purchases, 1).products.tolist() == [0, 1, 2, 3]
    assert catalogue_for_people(purchases).products.tolist() == [1, 3]
    assert catalogue_for_people(purchases).columns.tolist() == [-1, 0, -1, 1]


def test_there_are_always_some_to_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SCORES", 1)
    assert len(catalogue_for_people(bought(sold(5, 6, 4, 6)))) == 4
