"""Whether a version may take the place of the one that is served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

NDCG = "ndcg_at_10"

TASKS = ("next", "new")
"""What a version must not do worse at."""

SHRUNK = 0.5
"""A shop with so much less to learn from than last time has lost its orders, as likely as not."""

Card = Mapping[str, Any]


def objection(card: Card, served: Card) -> str:
    """A sentence that says why a version with this card must not replace the one that is served; "" where it may.

    Scores differ beyond chance where the upper end of the one's interval lies below the lower end of the other's.
    """
    lines, before = _at(card, "data", "lines"), _at(served, "data", "lines")
    if lines is not None and before is not None and lines < SHRUNK * before:
        said = {"lines": f"{lines:,}", "before": f"{before:,}"}
        return _("It learned from %(lines)s lines of orders, the version that is served from %(before)s.") % said
    for task in TASKS:
        high, low = _end(card, task, 1), _end(served, task, 0)
        if high is not None and low is not None and high < low:
            return _(
                "It does worse at “%(task)s” than the version that is served: NDCG@10 is %(score)s, at most %(high)s; that of "
                "the other %(other)s, at least %(low)s."
            ) % {
                "task": task,
                "score": _shown(_at(card, "report", "tasks", task, NDCG)),
                "high": _shown(high),
                "other": _shown(_at(served, "report", "tasks", task, NDCG)),
                "low": _shown(low),
            }
    return ""


def _end(card: Card, task: str, end: int) -> float | None:
    """An end of the interval of a task's score."""
    interval = _at(card, "report", "tasks", task, "intervals", NDCG)
    return interval[end] if interval else None


def _at(found: Any, *path: str) -> Any:
    """What stands at a path; None where nothing does."""
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _shown(score: float | None) -> str:
    return "–" if score is None else f"{score:.4f}"  # noqa: RUF001  an en dash is meant
