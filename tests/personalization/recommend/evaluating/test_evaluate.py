from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pytest

from personalization.errors import NothingToLearn
from personalization.recommend.evaluating.evaluate import Report, evaluate
from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.choice import DEFAULT, choose
from tests.personalization.recommend.learning.bought import DAY, bought, shop


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(shop(), 75 * DAY, allowed={"p01", "p02", "p03"})


def test_a_report_is_fit_for_json(report: Report) -> None:
    told = asdict(report)
    assert json.loads(json.dumps(told)) == told


def test_a_report_counts_what_was_learned_from(report: Report) -> None:
    """One of the thirty products had fewer than five buyers by then."""
    before = shop().before(75 * DAY)
    catalogue = catalogue_of(before)
    assert (report.fit_until, report.people, report.products) == (75 * DAY, 40, 29)
    assert report.lines == np.count_nonzero(catalogue.columns[before.product] >= 0)


def test_every_task_is_compared_with_its_baselines(report: Report) -> None:
    assert {task: sorted(found) for task, found in report.baselines.items()} == {
        "next": ["item_cosine", "personal_frequency", "popularity", "recent_popularity"],
        "new": ["item_cosine", "popularity", "recent_popularity"],
        "basket": ["item_cosine", "popularity"],
    }
    for task, found in report.baselines.items():
        assert {baseline["n"] for baseline in found.values()} == {report.tasks[task]["n"]}


def test_habits_beat_popularity_by_more_than_chance(report: Report) -> None:
    popularity = report.baselines["next"]["popularity"]
    assert popularity["difference"][0] > 0
    gain = report.tasks["next"]["ndcg_at_10"] - popularity["ndcg_at_10"]
    assert popularity["difference"][0] < gain < popularity["difference"][1]


def test_house_rules_leave_the_allowed_alone(report: Report) -> None:
    assert report.after_rules["next"]["coverage"] == 3 / 29
    assert report.after_rules["next"]["recall_at_10"] < report.tasks["next"]["recall_at_10"]
    assert evaluate(shop(), 75 * DAY, choice=DEFAULT).after_rules == {}


def test_the_choice_is_that_of_the_part_before(report: Report) -> None:
    assert report.choice == choose(shop().before(75 * DAY))


def test_the_same_report_twice(report: Report) -> None:
    assert evaluate(shop(), 75 * DAY, choice=report.choice).tasks == report.tasks


@pytest.mark.parametrize("moment", [0, 101 * DAY], ids=["nothing before", "nothing since"])
def test_nothing_to_ask_is_nothing_to_learn(moment: int) -> None:
    with pytest.raises(NothingToLearn):
        evaluate(shop(), moment)


def test_strangers_alone_are_nothing_to_learn() -> None:
    with pytest.raises(NothingToLearn, match="Nobody who had bought before"):
        evaluate(bought([("a", 1, "x"), ("b", 5, "x")]), 3 * DAY)
