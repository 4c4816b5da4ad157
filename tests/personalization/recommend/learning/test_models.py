from __future__ import annotations

import numpy as np
import pytest

from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.history import History, history_of
from personalization.recommend.learning.models import Blend, model, standard, trend
from tests.personalization.recommend.learning.bought import DAY, bought


def history() -> History:
    purchases = bought([("a", 0, "x"), ("a", 10, "y"), ("b", 10, "y"), ("c", 0, "z")])
    return history_of(purchases, catalogue_of(purchases, 1), 10 * DAY)


def test_frequency_with_popularity_for_ties() -> None:
    scores = model(history(), {"model": "frequency", "half_life": 10 * DAY})(np.array([0, 2]))
    assert scores == pytest.approx(np.array([[0.5, 1, 0], [0, 0, 0.5]]), abs=2e-6)
    assert scores[1, 1] > scores[1, 0] > 0


def test_popularity_is_the_same_for_all() -> None:
    assert model(history(), {"model": "popularity"})(np.array([0, 1])).tolist() == [[1, 2, 1]] * 2


def test_a_trend_compares_what_is_bought_lately_with_what_was_ever() -> None:
    """Lately 0.5, 2 and 0.5 of 3; ever 1, 2 and 1 of 4, of which 3/4, 3/2 and 3/4 were to be expected."""
    expected = np.array([1.5 / 1.75, 3 / 2.5, 1.5 / 1.75])
    assert trend(history(), 10 * DAY, 1.0) == pytest.approx(expected)
    assert trend(history(), 10 * DAY, 0.5) == pytest.approx(expected**0.5)
    plain = {"model": "popularity"}
    followed = model(history(), {**plain, "trend": 10 * DAY, "strength": 1.0})(np.array([0]))
    assert followed[0] == pytest.approx(np.array([1, 2, 1]) * expected)


def test_models_of_a_blend_weigh_alike_whatever_their_scale() -> None:
    def small(asked: object) -> np.ndarray:
        return np.array([[0, 1, 2]], np.float32)

    def large(asked: object) -> np.ndarray:
        return np.array([[2000, 1000, 0]], np.float32)

    even = Blend(history(), [small, large], {"parts": [{}, {}]})(np.array([0]))
    assert even == pytest.approx(np.zeros((1, 3)), abs=1e-5)
    assert even.argmax() == 1  # the most popular, where nothing else is told
    assert Blend(history(), [small, large], {"parts": [{"weight": 2}, {}]})(np.array([0])).argmax() == 2


def test_what_was_bought_has_no_score_where_only_the_new_counts() -> None:
    scorer = model(history(), {"model": "popularity"})
    scores = Blend(history(), [scorer], {"parts": [{}], "only_new": True})(np.array([0]))
    assert np.isneginf(scores).tolist() == [[True, True, False]]


def test_rows_of_equals_are_zero() -> None:
    assert standard(np.full((1, 3), 7, np.float32)).tolist() == [[0, 0, 0]]


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(ValueError, match="no model is called 'magic'"):
        model(history(), {"model": "magic"})


def test_models_that_two_blends_share_are_asked_once() -> None:
    asked = []

    def scorer(people: object) -> np.ndarray:
        asked.append(people)
        return np.array([[1.0, 2.0, 3.0]], np.float32)

    made: dict[int, np.ndarray] = {}
    one, two = (Blend(history(), [scorer], {"parts": [{"weight": weight}]}) for weight in (1, 2))
    people = np.array([0])
    assert one.beside(people, made).argmax() == two.beside(people, made).argmax() == 2
    assert len(asked) == 1
