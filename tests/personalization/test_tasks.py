from __future__ import annotations

import pytest
import time_machine

from personalization import tasks
from personalization.errors import TrainingBusy
from personalization.models import RecommenderVersion, WatchedProduct
from tests.cast import NOW

TASKS = ["train_recommender", "refresh_popularity", "refresh_people", "refresh_wants", "watch_products", "evaluate"]


@pytest.mark.parametrize("name", TASKS)
def test_tasks_go_by_names_that_a_beat_schedule_may_use(name):
    assert getattr(tasks, name).name == f"personalization.tasks.{name}"


@pytest.fixture
def calls(monkeypatch):
    """What the tasks ask for, at NOW."""
    seen = []

    def note(name):
        return lambda *args, now: seen.append((name, *args, now))

    monkeypatch.setattr(tasks, "train", note("train"))
    for module, name in [("freshness", "refresh_popularity"), ("freshness", "refresh_people"), ("freshness", "watch_products")]:
        monkeypatch.setattr(getattr(tasks, module), name, note(name))
    monkeypatch.setattr(tasks.wants, "refresh", note("wants"))
    monkeypatch.setattr(tasks.evaluate_shop, "evaluate_shop", note("evaluate"))
    with time_machine.travel(NOW, tick=False):
        yield seen


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("train_recommender", [], ["train"]),
        ("refresh_popularity", [], ["refresh_popularity"]),
        ("refresh_people", [["user:1"]], ["refresh_people", ["user:1"]]),
        ("refresh_wants", [], ["wants"]),
        ("watch_products", [], ["watch_products"]),
        ("evaluate", ["2026-05-01"], ["evaluate", NOW.date().replace(month=5, day=1)]),
    ],
)
def test_each_calls_one_flow(calls, name, arguments, expected):
    getattr(tasks, name).delay(*arguments)
    assert calls == [(*expected, NOW)]


def test_a_training_that_is_under_way_is_left_alone(monkeypatch):
    def busy(**options):
        raise TrainingBusy("busy")

    monkeypatch.setattr(tasks, "train", busy)
    assert tasks.train_recommender() is None


def test_they_work_in_an_empty_shop(db):
    tasks.refresh_popularity()
    tasks.refresh_people(["user:1"])
    tasks.watch_products()
    assert (RecommenderVersion.objects.count(), WatchedProduct.objects.count()) == (0, 0)
