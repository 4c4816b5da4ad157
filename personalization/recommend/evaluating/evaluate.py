"""The models against baselines, trained before a moment and asked for what was bought since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from personalization.recommend.learning.choice import Choice
from personalization.recommend.learning.described import Described
from personalization.recommend.learning.progress import Progress, quiet
from segmentation.store.purchases import Purchases


@dataclass(frozen=True)
class Report:
    """What an evaluation found, fit for JSON.

    `tasks`: task ("next", "new", "basket") -> {n, recall_at_10, ndcg_at_10, coverage, intervals: {recall_at_10: [low, high],
    ndcg_at_10: [low, high]}, popularity_bias, by_history: [{from, to, n, recall_at_10, ndcg_at_10}]} of what is served.
    `baselines`: task -> name -> {recall_at_10, ndcg_at_10, coverage, intervals, difference: [low, high] of ndcg_at_10 to ours}.
    """

    fit_until: int
    people: int
    products: int
    lines: int
    choice: Choice
    tasks: Mapping[str, Mapping[str, Any]]
    baselines: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)


def evaluate(
    purchases: Purchases,
    moment: int,
    *,
    choice: Choice | None = None,
    described: Mapping[str, Described] | None = None,
    progress: Progress = quiet,
) -> Report:
    """Fit on the purchases before that second, choosing settings on an inner split of them unless given, and test on the rest.

    Raises NothingToLearn where nothing was bought before it, or nothing since by those who had bought before.
    """
    raise NotImplementedError
