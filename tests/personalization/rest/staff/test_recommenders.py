from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from personalization import tasks
from personalization.models import RecommenderVersion
from tests.personalization.admin.recommending import THEN, card, make_version
from tests.statements import reading

VERSIONS = "/api/recommenders/"

pytestmark = pytest.mark.django_db


def test_versions_are_listed_with_their_scores(api: Any) -> None:
    make_version(1)
    make_version(2, "active")
    make_version(3, "failed", card={}, why="Nobody bought anything.")
    third, second, first = api.get(VERSIONS).json()["results"]
    assert [each["number"] for each in (third, second, first)] == [3, 2, 1]
    assert (third["next_ndcg_at_10"], third["people"], third["why"]) == (None, None, "Nobody bought anything.")
    assert second == {
        "number": 2,
        "state": "active",
        "started_at": second["started_at"],
        "finished_at": second["started_at"],
        "activated_at": second["started_at"],
        "popular_at": None,
        "progress": 100,
        "people": 4338,
        "lines": 396337,
        "next_ndcg_at_10": 0.27,
        "new_ndcg_at_10": 0.118,
        "basket_ndcg_at_10": 0.287,
        "coverage": 0.62,
        "why": "",
    }
    assert [each["number"] for each in api.get(f"{VERSIONS}?state=ready").json()["results"]] == [1]
    assert api.get(f"{VERSIONS}2/").json() == second | {"card": card()}
    assert api.get(f"{VERSIONS}9/").status_code == 404


def test_status_is_that_of_the_command(api: Any) -> None:
    assert api.get(f"{VERSIONS}status/").json()["alarms"] == ["no version is served: train one"]
    make_version(2, "active")
    make_version(3, "training", progress=35)
    told = api.get(f"{VERSIONS}status/").json()
    assert (told["number"], told["people"], told["training"], told["percent"]) == (2, 4338, 3, 35)


def test_a_training_is_started_by_its_task(api: Any, monkeypatch: Any) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(tasks.train_recommender, "apply_async", lambda *args, **said: asked.append((args, said)))
    response = api.post(f"{VERSIONS}train/")
    assert (response.status_code, asked) == (202, [(((),), {"retry": False, "ignore_result": True})])
    assert response.json() == {"follow": "http://testserver/api/recommenders/status/"}
    assert response["Location"] == "http://testserver/api/recommenders/status/"
    make_version(3, "training")
    response = api.post(f"{VERSIONS}train/")
    assert (response.status_code, response.json()["type"]) == (409, "urn:regulars:problem:busy")
    assert len(asked) == 1


def test_no_worker_is_told(api: Any, monkeypatch: Any, caplog: Any) -> None:
    def fail(*args: Any, **said: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(tasks.train_recommender, "apply_async", fail)
    response = api.post(f"{VERSIONS}train/")
    assert (response.status_code, response.json()["type"]) == (503, "urn:regulars:problem:worker")
    assert "could not be started" in caplog.text


def test_a_shop_with_nothing_to_learn_from_says_so(api: Any) -> None:
    response = api.post(f"{VERSIONS}train/")  # tasks run at once here
    assert (response.status_code, response.json()["type"]) == (409, "urn:regulars:problem:refused")


def test_a_version_is_switched_to(api: Any, monkeypatch: Any) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(tasks.catch_up, "apply_async", lambda *args, **said: asked.append(args))
    make_version(1)
    make_version(2, "active")
    told = api.post(f"{VERSIONS}1/switch/").json()
    assert (told["number"], told["state"], told["activated_at"] > told["started_at"]) == (1, "active", True)
    assert api.post(f"{VERSIONS}1/switch/").json() == told
    assert RecommenderVersion.objects.get(number=2).state == "ready"
    assert len(asked) == LogEntry.objects.count() == 1
    make_version(3, "failed")
    response = api.post(f"{VERSIONS}3/switch/")
    assert (response.status_code, response.json()["detail"]) == (409, "version 3 has no lists: it cannot be served")
    for odd in ("9", "-1", "x", 10**30):
        for response in (api.post(f"{VERSIONS}{odd}/switch/"), api.get(f"{VERSIONS}{odd}/")):
            assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("count", [1, 50])
def test_a_list_takes_no_query_a_row(api: Any, count: int) -> None:
    for number in range(count):
        make_version(number, card={}, started_at=THEN)
    with reading(3):
        assert len(api.get(VERSIONS).json()["results"]) == count
