from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from personalization.errors import NothingToLearn
from personalization.models import Evaluation
from personalization.recommend.evaluating.evaluate import Report
from personalization.recommend.training import evaluate_shop as module
from tests.personalization.recommend.training.conftest import CHOICE, scored


@pytest.fixture
def scores(monkeypatch):
    def evaluate(purchases: Any, moment: int, **options: Any) -> Report:
        tasks = {task: dict(scored(0.25)) for task in ("next", "new", "basket")}
        return Report(moment, 3, 3, 5, CHOICE, tasks, {"next": {"popularity": scored(0.125)}}, {"next": scored(0.2)})

    monkeypatch.setattr(module, "evaluate", evaluate)


def test_json(bought, scores, personalization):
    data = personalization("evaluate", "--fit-until", "2026-05-01", "--json").data
    assert {"n", "recall_at_10", "ndcg_at_10", "coverage"} <= data["next"].keys()
    assert (data["next"]["ndcg_at_10"], data["new"]["n"], data["basket"]["coverage"]) == (0.25, 10, 0.5)
    assert data["next"]["after_rules"]["ndcg_at_10"] == 0.2
    assert data["baselines"]["next"]["popularity"]["ndcg_at_10"] == 0.125
    assert (data["fit_until"], data["people"], data["lines"]) == ("2026-05-01", 3, 5)
    assert data["choice"]["settings"] == {"next": {"model": "frequency"}}
    assert Evaluation.objects.get().pk == data["evaluation"]
    assert Evaluation.objects.get().fit_until == date(2026, 5, 1)


def test_a_table_for_each_task(bought, scores, personalization):
    ran = personalization("evaluate", "--fit-until", "2026-05-01")
    assert "learned from 5 lines of 3 people before 2026-05-01: 3 products" in ran.out
    assert "next (next order, n = 10)" in ran.out
    rows = [line for line in ran.lines if line[0] in ("served", "of", "popularity")]
    assert rows[0] == ["served", "0.2500", "0.2500", "0.2400", "…", "0.2600", "50.0%"]
    assert rows[1][-6:] == ["0.2000", "0.2000", "0.1900", "…", "0.2100", "50.0%"]
    assert rows[2][:3] == ["popularity", "0.1250", "0.1250"]


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "0001-01-01", "2026-05-01T12:00"])
def test_no_day(bought, scores, personalization, day):
    ran = personalization("evaluate", "--fit-until", day)
    assert (ran.out, ran.err, ran.code) == ("", f"--fit-until: “{day}” is not a date in ISO 8601", 2)


def test_nothing_to_test_on(bought, personalization, monkeypatch):
    def nothing(*args: Any, **options: Any) -> None:
        raise NothingToLearn("nobody bought anything since")

    monkeypatch.setattr(module, "evaluate", nothing)
    ran = personalization("evaluate", "--fit-until", "2026-05-01", "--json")
    assert (ran.out, ran.err, ran.code) == ("", "nobody bought anything since", 1)
