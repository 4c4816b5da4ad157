from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from personalization.errors import NothingToLearn
from personalization.models import Evaluation
from personalization.recommend.evaluating.evaluate import Report
from personalization.recommend.training import evaluate_shop as module
from personalization.recommend.training.evaluate_shop import evaluate_shop, midnight
from segmentation.store import Purchases
from shopdemo.shop.models import Product
from tests.cast import NOW
from tests.personalization.recommend.training.conftest import CHOICE, scored

State = Evaluation.State
DAY = date(2026, 5, 1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the evaluation was asked; it scores 0.3, and 0.4 where the settings are given."""
    seen: list[Any] = []

    def evaluate(purchases: Purchases, moment: int, **options: Any) -> Report:
        products = {purchases.products[place] for place in np.unique(purchases.product)}
        seen.append((moment, products, options.get("choice")))
        middle = 0.4 if options.get("choice") else 0.3
        return Report(moment, 4, 3, len(purchases), CHOICE, {"next": dict(scored(middle))})

    monkeypatch.setattr(module, "evaluate", evaluate)
    return seen


def test_the_shops_midnight():
    assert midnight(date(2026, 5, 1)) == int(NOW.replace(month=4, day=30, hour=23).timestamp())  # it is summer in London


def test_the_report_is_kept(bought, asked):
    found = evaluate_shop(DAY, now=NOW)
    row = Evaluation.objects.get()
    assert row == found
    assert (row.state, row.fit_until, row.started_at, row.progress, row.why) == (State.DONE, DAY, NOW, 100, "")
    assert row.finished_at >= NOW
    assert row.report["tasks"]["next"]["ndcg_at_10"] == 0.3
    assert row.report["choice"]["settings"] == {"next": {"model": "frequency"}}
    assert asked == [(midnight(DAY), set(bought), None)]
    after = row.report["tasks"]["next"]["after_rules"]
    assert after == {"n": 10, "recall_at_10": 0.3, "ndcg_at_10": 0.3, "coverage": 0.5}


def test_after_the_rules_only_what_can_be_had_counts(bought, asked):
    Product.objects.filter(code="A").update(stock=0)
    report = evaluate_shop(DAY, now=NOW).report
    assert [each[1:] for each in asked] == [(set(bought), None), (set(bought[1:]), CHOICE)]
    assert report["tasks"]["next"]["ndcg_at_10"] == 0.3
    assert report["tasks"]["next"]["after_rules"]["ndcg_at_10"] == 0.4


def test_it_says_why_it_failed(bought, asked, monkeypatch):
    def nothing(*args: Any, **options: Any) -> None:
        raise NothingToLearn("nothing was bought before that day")

    monkeypatch.setattr(module, "evaluate", nothing)
    with pytest.raises(NothingToLearn):
        evaluate_shop(DAY, now=NOW)
    row = Evaluation.objects.get()
    assert (row.state, row.why, row.report) == (State.FAILED, "nothing was bought before that day", {})


def test_one_whose_worker_died_is_over(bought, asked):
    Evaluation.objects.create(fit_until=DAY, started_at=NOW - timedelta(days=1))
    Evaluation.objects.create(fit_until=DAY, started_at=NOW - timedelta(hours=1))
    evaluate_shop(DAY, now=NOW)
    assert list(Evaluation.objects.order_by("started_at").values_list("state", flat=True)) == [
        State.FAILED,
        State.RUNNING,
        State.DONE,
    ]
