"""Versions and evaluations as plain data: what commands write as JSON, and REST answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from personalization.models import Evaluation, RecommenderVersion

TASKS = ("next", "new", "basket")
"""What models are asked: the next order, what is new to somebody, the rest of a basket."""


def version_plain(version: RecommenderVersion) -> dict[str, Any]:
    """A version at a glance; None where its card does not say."""
    data = _part(version.card, "data")
    return {
        "number": version.number,
        "state": version.state,
        "started_at": version.started_at,
        "finished_at": version.finished_at,
        "activated_at": version.activated_at,
        "popular_at": version.popular_at,
        "progress": version.progress,
        "people": data.get("people"),
        "lines": data.get("lines"),
        **_scores(_part(version.card, "report")),
        "coverage": version.card.get("coverage"),
        "why": version.why,
    }


def evaluation_plain(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation at a glance."""
    report = evaluation.report
    return {
        "id": evaluation.pk,
        "fit_until": evaluation.fit_until,
        "state": evaluation.state,
        "started_at": evaluation.started_at,
        "finished_at": evaluation.finished_at,
        "progress": evaluation.progress,
        "people": report.get("people"),
        "products": report.get("products"),
        "lines": report.get("lines"),
        **_scores(report),
        "why": evaluation.why,
    }


def _scores(report: Mapping[str, Any]) -> dict[str, Any]:
    tasks = _part(report, "tasks")
    return {f"{task}_ndcg_at_10": _part(tasks, task).get("ndcg_at_10") for task in TASKS}


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object of that name; an empty one where there is none."""
    found = data.get(name)
    return found if isinstance(found, Mapping) else {}
