"""Taste in a few numbers: alternating least squares by `implicit`, for ranges that EASE^R cannot weigh whole.

Hu, Koren and Volinsky, "Collaborative Filtering for Implicit Feedback Datasets" (2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from personalization.errors import MissingExtra
from personalization.recommend.learning.history import History
from personalization.recommend.learning.science import one_thread_each
from personalization.recommend.learning.weights import Scores

ROUNDS = 15
REGULARISATION = 0.05


@dataclass(frozen=True)
class Factors:
    """The taste of each person and the character of each product, as float32 rows of equal length."""

    people: Scores
    products: Scores

    def __call__(self, people: Any) -> Scores:
        return np.asarray(self.people[people] @ self.products.T, np.float32)


def is_installed() -> bool:
    """Whether the extra "scale" is there."""
    return find_spec("implicit") is not None


def als(history: History, *, factors: int) -> Factors:
    """Learn that many numbers of each; the same each time. Raises MissingExtra."""
    if not is_installed():
        raise MissingExtra("this recommender was chosen with the library implicit: pip install django-regulars[scale]")
    from implicit.cpu.als import AlternatingLeastSquares  # noqa: PLC0415

    with one_thread_each():
        learner = AlternatingLeastSquares(factors=factors, regularization=REGULARISATION, iterations=ROUNDS, random_state=0)
        learner.fit(history.bought.astype(np.float32), show_progress=False)
    return Factors(np.asarray(learner.user_factors), np.asarray(learner.item_factors))
