from __future__ import annotations

from typing import Any

import pytest

from tests.personalization.admin.recommending import make_evaluation, report
from tests.statements import reading

EVALUATIONS = "/api/evaluations/"

pytestmark = pytest.mark.django_db


def test_evaluations_are_listed_and_one_has_its_report(api: Any) -> None:
    done = make_evaluation()
    failed = make_evaluation("failed", report={}, why="Nobody bought anything.")
    second, first = api.get(EVALUATIONS).json()["results"]
    assert (second["id"], second["next_ndcg_at_10"], second["why"]) == (failed.pk, None, "Nobody bought anything.")
    assert first == {
        "id": done.pk,
        "fit_until": "2026-06-01",
        "state": "done",
        "started_at": first["started_at"],
        "finished_at": first["started_at"],
        "progress": 100,
        "people": 3412,
        "products": 2859,
        "lines": 301222,
        "next_ndcg_at_10": 0.27,
        "new_ndcg_at_10": 0.118,
        "basket_ndcg_at_10": 0.287,
        "why": "",
    }
    assert api.get(f"{EVALUATIONS}{done.pk}/").json() == first | {"report": report()}
    assert [each["id"] for each in api.get(f"{EVALUATIONS}?state=done").json()["results"]] == [done.pk]


@pytest.mark.parametrize("count", [1, 50])
def test_a_list_takes_no_query_a_row(api: Any, count: int) -> None:
    for _number in range(count):
        make_evaluation(report={})
    with reading(3):
        assert len(api.get(EVALUATIONS).json()["results"]) == count
