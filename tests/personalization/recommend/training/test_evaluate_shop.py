from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from personalization.errors import NothingToLearn, TrainingBusy
from personalization.models import Evaluation
from personalization.recommend.evaluating.evaluate import Report
from personalization.recommend.training import evaluate_shop as module
from personalization.recommend.training.evaluate_shop import evaluate_shop, midnight
from segmentation.membership.lease import hold
from segmentation.store import Purchases
from shopdemo.shop.models import Product
from shopdemo.source import DemoSource
from tests.cast import NOW
from tests.personalization.recommend.training.conftest import CHOICE, scored

State = Evaluation.State
DAY = date(2026, 5, 1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the evaluation was asked; it scores 0.3, and 0.4 after the rules."""
    seen: list[Any] = []

    def evaluate(purchases: Purchases, moment: int, *, allowed: Any, described: Any, progress: Any) -> Report:
        seen.append((moment, len(purchases), allowed, set(described)))
        after = {"next": scored(0.4)} if allowed is not None else {}
        return Report(moment, 4, 3, len(purchases), CHOICE, {"next": dict(scored(0.3))}, after_rules=after)

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
    assert asked == [(midnight(DAY), 5, set(bought), set(bought))]
    assert row.report["tasks"]["next"]["after_rules"]["ndcg_at_10"] == 0.4


def test_the_rules_let_pass_what_can_be_had(bought, asked):
    Product.objects.filter(code="A").update(stock=0)
    evaluate_shop(DAY, now=NOW)
    assert asked[0][2] == set(bought[1:])


class WithoutProducts(DemoSource):
    products = None
    order_lines = DemoSource.order_lines
    cart_lines = wishlist_items = None


def test_a_shop_that_says_nothing_of_products(bought, asked, use_source):
    use_source(WithoutProducts)
    assert "after_rules" not in evaluate_shop(DAY, now=NOW).report["tasks"]["next"]
    assert asked[0][2:] == (None, set())


def test_it_says_why_it_failed(bought, asked, monkeypatch):
    def nothing(*args: Any, **options: Any) -> None:
        raise NothingToLearn("nothing was bought before that day")

    monkeypatch.setattr(module, "evaluate", nothing)
    with pytest.raises(NothingToLearn):
        evaluate_shop(DAY, now=NOW)
    row = Evaluation.objects.get()
    assert (row.state, row.why, row.report) == (State.FAILED, "nothing was bought before that day", {})


def test_a_day_before_the_first_order(bought, asked):
    with pytest.raises(NothingToLearn, match="bought anything before 2001-01-01"):
        evaluate_shop(date(2001, 1, 1), now=NOW)
    assert (Evaluation.objects.get().state, asked) == (State.FAILED, [])


def test_one_whose_worker_died_is_over(bought, asked):
    Evaluation.objects.create(fit_until=DAY, started_at=NOW - timedelta(hours=1))
    evaluate_shop(DAY, now=NOW)
    assert list(Evaluation.objects.order_by("started_at").values_list("state", flat=True)) == [State.FAILED, State.DONE]


def test_two_do_not_run_at_once(bought, asked):
    with hold("evaluation:default"), pytest.raises(TrainingBusy, match="another worker tests"):
        evaluate_shop(DAY, now=NOW)
    assert (Evaluation.objects.count(), asked) == (0, [])
    assert evaluate_shop(DAY, now=NOW).state == State.DONE
