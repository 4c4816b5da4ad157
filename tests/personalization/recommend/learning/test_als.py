from __future__ import annotations

import numpy as np
import pytest

from personalization.errors import MissingExtra
from personalization.recommend.learning import als as module
from personalization.recommend.learning.als import als
from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.ease import MOST_PRODUCTS, MOST_ROWS
from personalization.recommend.learning.grid import families
from personalization.recommend.learning.history import History, history_of
from personalization.recommend.learning.models import model
from tests.personalization.recommend.learning.bought import DAY, bought

NOW = 100 * DAY


def two_tastes() -> History:
    """Ten people buy lamps and ten cups; the first of each lacks one that her kind has."""
    lines = [(f"l{one}", one, f"lamp{item}") for one in range(10) for item in range(5) if (one, item) != (0, 4)]
    lines += [(f"c{one}", one, f"cup{item}") for one in range(10) for item in range(5) if (one, item) != (0, 4)]
    purchases = bought(lines)
    return history_of(purchases, catalogue_of(purchases), NOW)


def test_who_is_like_others_will_like_what_they_like() -> None:
    history = two_tastes()
    scores = als(history, factors=2)(np.array([0, 10]))
    cups, lamps = scores[:, :5], scores[:, 5:]
    assert cups[0].min() > lamps[0].max() + 0.5
    assert lamps[1].min() > cups[1].max() + 0.5


def test_it_learns_the_same_each_time() -> None:
    history = two_tastes()
    first, second = (model(history, {"model": "als", "factors": 2})(np.arange(3)) for _ in range(2))
    assert np.array_equal(first, second)


@pytest.mark.parametrize(
    ("people", "products", "is_tried"),
    [
        (MOST_ROWS + 1, MOST_PRODUCTS + 1, True),
        (MOST_ROWS, MOST_PRODUCTS + 1, False),
        (MOST_ROWS + 1, MOST_PRODUCTS, False),
    ],
)
def test_it_is_tried_where_not_all_products_can_be_weighed(people: int, products: int, is_tried: bool) -> None:
    assert ("als" in families(NOW, people, products)["new"]) is is_tried


def test_it_is_not_tried_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("personalization.recommend.learning.grid.is_installed", lambda: False)
    assert "als" not in families(NOW, MOST_ROWS + 1, MOST_PRODUCTS + 1)["new"]


def test_a_choice_made_elsewhere_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_installed", lambda: False)
    with pytest.raises(MissingExtra, match=r"django-regulars\[scale\]"):
        als(two_tastes(), factors=2)
