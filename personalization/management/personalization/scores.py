"""Scores of an evaluation as tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from segmentation.management.segments.table import NOTHING, table

TASKS = {
    "next": gettext_lazy("next order"),
    "new": gettext_lazy("what is new to them"),
    "basket": gettext_lazy("the rest of a basket"),
}
"""What each task asks for."""


def baseline_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """A table for each task: what is served, the same after the rules of the house, and the baselines."""
    for task, scores in report.get("tasks", {}).items():
        count = scores.get("n", 0)
        yield ""
        yield _("%(task)s (%(name)s, n = %(count)s)") % {"task": task, "name": TASKS.get(task, task), "count": f"{count:,}"}
        if not count:
            continue
        rows = [_row(_("served"), scores)]
        if after := scores.get("after_rules"):
            rows.append(_row(_("of what can be had today"), after))
        rows += [_row(name, each) for name, each in report.get("baselines", {}).get(task, {}).items()]
        head = ["", "recall@10", "NDCG@10", _("95-percent interval"), _("coverage")]
        yield from table(head, rows)
    yield ""


def score(value: float | None) -> str:
    """Four digits."""
    return NOTHING if value is None else f"{value:.4f}"


def _row(name: str, scores: Mapping[str, Any]) -> Sequence[object]:
    interval = scores.get("intervals", {}).get("ndcg_at_10")
    between = NOTHING if interval is None else " … ".join(map(score, interval))
    return [name, score(scores.get("recall_at_10")), score(scores.get("ndcg_at_10")), between, scores.get("coverage")]
