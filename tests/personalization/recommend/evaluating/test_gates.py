"""What the models must reach on a real shop's orders: learned from 294 days, asked for the 80 days after."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from personalization.recommend.evaluating.evaluate import Report, evaluate
from tests.personalization.recommend.evaluating.retail import online_retail

MOMENT = int(datetime(2011, 9, 21, tzinfo=UTC).timestamp())


@pytest.fixture(scope="module")
def report() -> Report:
    purchases = online_retail()
    assert len(purchases) == 396_337
    return evaluate(purchases, MOMENT)


def test_the_protocol_is_that_of_the_published_measurements(report: Report) -> None:
    assert report.products == 2_859
    assert {task: found["n"] for task, found in report.tasks.items()} == {"next": 1_898, "new": 1_820, "basket": 4_000}
    popularity = report.baselines["new"]["popularity"]
    assert (round(popularity["recall_at_10"], 4), round(popularity["ndcg_at_10"], 4)) == (0.0192, 0.0485)


@pytest.mark.parametrize(
    ("task", "measure", "least"),
    [
        ("next", "ndcg_at_10", 0.2834),
        ("next", "recall_at_10", 0.15),
        ("new", "ndcg_at_10", 0.1201),
        ("basket", "ndcg_at_10", 0.2923),
    ],
)
def test_a_task_reaches_its_gate(report: Report, task: str, measure: str, least: float) -> None:
    assert report.tasks[task][measure] >= least


def test_ours_are_better_than_every_baseline_by_more_than_chance(report: Report) -> None:
    lows = {(task, name): told["difference"][0] for task, found in report.baselines.items() for name, told in found.items()}
    assert [of for of, low in lows.items() if low <= 0] == []
