"""Versions, reports and answers as tests of the admin want them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from personalization.models import Evaluation, RecommenderVersion

THEN = datetime(2026, 6, 1, 3, 30, tzinfo=UTC)


CHOICE = {
    "settings": {
        "next": {
            "parts": [{"model": "frequency", "half_life": 112 * 86_400}, {"model": "alike", "weighting": "tfidf"}],
            "trending": 604_800,
        },
        "new": {"parts": [{"model": "ease", "penalty": 200.0}]},
        "basket": {"parts": [{"model": "basket_ease", "penalty": 12.5}]},
    },
    "tried": {"next": {"frequency half_life=9676800": 0.26, "popularity half_life=None": 0.07}},
}


def measure(ndcg: float, recall: float, coverage: float, **more: Any) -> dict[str, Any]:
    """How a model did at a task."""
    return {
        "ndcg_at_10": ndcg,
        "recall_at_10": recall,
        "coverage": coverage,
        "intervals": {"ndcg_at_10": [ndcg - 0.008, ndcg + 0.008], "recall_at_10": [recall - 0.005, recall + 0.005]},
        **more,
    }


def groups(*scores: float) -> list[dict[str, Any]]:
    """By history length: one order, two to four, five to nine, ten or more, whom nobody is of."""
    ends = [(1, 1), (2, 4), (5, 9), (10, None)]
    return [
        {"from": low, "to": high, "n": 600 if score else 0, "recall_at_10": score / 2, "ndcg_at_10": score}
        for (low, high), score in zip(ends, scores, strict=True)
    ]


def report(**scores: float) -> dict[str, Any]:
    """What an evaluation found; `next=0.27` sets the NDCG of a task."""
    found = {"next": 0.27, "new": 0.118, "basket": 0.287} | scores
    tasks = {
        "next": measure(found["next"], 0.158, 0.62, n=1898, popularity_bias=0.81, by_history=groups(0.12, 0.22, 0.36, 0.0)),
        "new": measure(found["new"], 0.056, 0.41, n=1820, popularity_bias=0.93, by_history=groups(0.09, 0.11, 0.14, 0.0)),
        "basket": measure(found["basket"], 0.211, 0.55, n=4000, popularity_bias=0.74),
    }
    after = {name: measure(task["ndcg_at_10"] * 0.94, task["recall_at_10"] * 0.95, 0.6) for name, task in tasks.items()}
    baselines = {
        "next": {
            "popularity": measure(0.0695, 0.0326, 0.003, difference=[0.19, 0.21]),
            "recent_popularity": measure(0.0819, 0.0352, 0.003, difference=[0.18, 0.2]),
            "personal_frequency": measure(0.2592, 0.1498, 0.37, difference=[0.006, 0.016]),
        },
        "new": {
            "popularity": measure(0.0485, 0.0192, 0.003),
            "item_cosine": measure(0.1164, 0.0549, 0.3, difference=[-0.002, 0.005]),
        },
        "basket": {
            "popularity": measure(0.0479, 0.03, 0.003),
            "item_cosine": measure(0.2746, 0.2, 0.5, difference=[0.01, 0.016]),
        },
    }
    people = {"fit_until": 1_316_563_200, "people": 3_412, "products": 2_859, "lines": 301_222}
    return {**people, "choice": CHOICE, "tasks": tasks, "baselines": baselines, "after_rules": after}


def card(**scores: float) -> dict[str, Any]:
    """The model card of a training."""
    data = {"people": 4_338, "products": 3_665, "orders": 18_532, "lines": 396_337}
    return {
        "data": {**data, "from": "2025-06-02", "until": "2026-05-31"},
        "choice": CHOICE,
        "coverage": 0.62,
        "report": report(**scores),
        "sizes": {"people": 4_338, "products": 3_665},
        "seconds": {"reading": 2.25, "learning": 14.5},
    }


def make_version(number: int, state: str = "ready", **fields: Any) -> RecommenderVersion:
    """A stored version, trained and good unless told otherwise."""
    made = {"card": card(), "started_at": THEN, "finished_at": THEN, "progress": 100}
    if state == "active":
        made["activated_at"] = THEN
    return RecommenderVersion.objects.create(number=number, state=state, **made | fields)


def make_evaluation(state: str = "done", **fields: Any) -> Evaluation:
    """A stored evaluation."""
    made = {"fit_until": THEN.date(), "report": report(), "started_at": THEN, "finished_at": THEN, "progress": 100}
    return Evaluation.objects.create(state=state, **made | fields)
