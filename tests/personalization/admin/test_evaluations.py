from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from personalization.models import Evaluation
from segmentation.errors import SourceError
from shopdemo.shop.models import Order
from tests.admin.conftest import told
from tests.personalization.admin.conftest import url
from tests.personalization.admin.recommending import THEN, make_evaluation

FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def orders(db: None) -> None:
    """A hundred days of them."""
    for days in (0, 100):
        Order.objects.create(number=f"D{days}", email="a@b.test", total=1, placed_at=FIRST + timedelta(days=days))


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """Days of the evaluations that were started, each of which is done at once."""
    found: list[date] = []

    def evaluate_shop(fit_until: date, *, now: datetime) -> None:
        found.append(fit_until)
        make_evaluation(fit_until=fit_until)

    monkeypatch.setattr("personalization.recommend.training.evaluate_shop.evaluate_shop", evaluate_shop)
    return found


def test_the_form_fills_in_a_day_that_leaves_a_good_quarter(admin: Client, orders: None) -> None:
    response = admin.get(url("evaluation_evaluate"))
    assert response.context["form"]["fit_until"].value() == date(2026, 3, 16)
    assert "from Jan. 1, 2026 to April 11, 2026" in response.content.decode()


def test_an_evaluation_that_runs_at_once_leads_to_its_report(admin: Client, orders: None, begun: list[date]) -> None:
    response = admin.post(url("evaluation_evaluate"), {"fit_until": "2026-03-01"})
    made = Evaluation.objects.get()
    assert (begun, response.url) == ([date(2026, 3, 1)], url("evaluation_change", made.pk))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "This field is required."),
        ("tomorrow", "Enter a valid date."),
        ("2026-01-01", "Orders are needed before that day and since: from 2026-01-02 to 2026-04-11."),
        ("2026-04-12", "Orders are needed before that day and since: from 2026-01-02 to 2026-04-11."),
    ],
)
def test_a_day_that_tests_nothing_is_refused_beside_its_field(
    admin: Client, orders: None, begun: list[date], day: str, said: str
) -> None:
    response = admin.post(url("evaluation_evaluate"), {"fit_until": day})
    assert response.context["form"].errors == {"fit_until": [said]}
    assert begun == []


@pytest.mark.parametrize("day", ["2026-01-02", "2026-04-11"])
def test_the_first_and_the_last_day_that_test_something(admin: Client, orders: None, begun: list[date], day: str) -> None:
    admin.post(url("evaluation_evaluate"), {"fit_until": day})
    assert begun == [date.fromisoformat(day)]


def test_a_shop_that_cannot_be_asked_is_told_of(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise SourceError("orders: gone")

    monkeypatch.setattr("personalization.admin.evaluations.span", fail)
    response = admin.get(url("evaluation_evaluate"))
    assert "The shop cannot be asked: orders: gone" in response.content.decode()


def test_a_worker_is_waited_for(admin: Client, orders: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("personalization.recommend.training.evaluate_shop.evaluate_shop", lambda day, *, now: None)
    response = admin.post(url("evaluation_evaluate"), {"fit_until": "2026-03-01"}, follow=True)
    assert told(response) == [("info", "A worker evaluates; this page shows how far it is.")]
    assert admin.get(url("evaluation_progress")).json()["waits"] is True
    make_evaluation("running", progress=70, report={})
    assert admin.get(url("evaluation_progress")).json()["percent"] == 70
    response = admin.post(url("evaluation_evaluate"), {"fit_until": "2026-03-01"}, follow=True)
    assert told(response) == [("warning", "An evaluation is under way already.")]


def test_the_report_is_charts_with_sentences_and_numbers(admin: Client, django_assert_max_num_queries: Any) -> None:
    made = make_evaluation()
    with django_assert_max_num_queries(8):
        response = admin.get(url("evaluation_change", made.pk))
    sections = {section.name: section for section in response.context["sections"]}
    assert list(sections) == ["task-next", "task-new", "task-basket", "history", "house", "spread"]
    ndcg, recall = sections["task-new"].charts
    assert ndcg.sentence == (
        "Ten right products in the right order would score 1. "
        "Ours score 0.118, “Bought together (cosine)” 0.116: no difference beyond chance."
    )
    assert recall.labels == ["Ours", "Bought together (cosine)", "Best sellers"]
    assert recall.table.rows[0] == ("Ours", "5.6%", "5.1% \u2013 6.1%")
    assert ndcg.data["series"][0]["intervals"][0] == pytest.approx((0.11, 0.126))
    (history, _) = sections["history"].charts
    assert history.labels == ["1 order", "2 to 4 orders", "5 to 9 orders"]
    assert history.sentence == "600 were asked after 1 order and scored 0.120; 5 to 9 orders: 0.360."
    (rules,) = sections["house"].charts
    assert rules.table.rows[0] == ("The next order", "0.270", "0.254")
    coverage, bias = sections["spread"].charts
    assert coverage.sentence.startswith("62.0% of the products stand among somebody's ten")
    assert coverage.table.rows[1] == ("Best sellers", "0.3%", "0.3%", "0.3%")
    assert bias.table.rows[1] == ("Something new", "93.0%")
    text = response.content.decode()
    assert text.count("data-rg-chart=") == text.count('type="application/json"') == 11
    assert text.count("<details>\n    <summary>The numbers") == 11


def test_names_of_baselines_are_escaped(admin: Client) -> None:
    report = {"tasks": {"next": {"n": 3, "ndcg_at_10": 0.1}}, "baselines": {"next": {"</script><b>": {"ndcg_at_10": 0.2}}}}
    text = admin.get(url("evaluation_change", make_evaluation(report=report).pk)).content.decode()
    assert "</script><b>" not in text
    assert "&lt;/script&gt;&lt;b&gt;" in text
    assert "50.0% worse" in text


def test_an_evaluation_that_failed_says_why(admin: Client) -> None:
    made = make_evaluation("failed", report={}, why="Nobody ordered since.")
    text = admin.get(url("evaluation_change", made.pk)).content.decode()
    assert "Nobody ordered since." in text
    assert "There is no report." in text


def test_the_list_shows_the_scores_of_the_shops_own(admin: Client, django_assert_max_num_queries: Any) -> None:
    make_evaluation(shop="elsewhere")
    for days in range(12):
        make_evaluation(started_at=THEN + timedelta(days=days))
    with django_assert_max_num_queries(7):
        response = admin.get(url("evaluation_changelist"))
    shown = response.context["cl"]
    assert len(shown.result_list) == 12
    first = shown.result_list[0]
    names = ("state_shown", "next_shown", "new_shown", "basket_shown")
    assert [getattr(shown.model_admin, name)(first) for name in names] == ["done", "0.270", "0.118", "0.287"]


def test_who_may_not_look_or_test_cannot(staff: Callable[..., Client], begun: list[date]) -> None:
    made = make_evaluation()
    nobody, reader = staff("train_recommender"), staff("view_evaluation")
    for page in (url("evaluation_changelist"), url("evaluation_change", made.pk), url("evaluation_progress")):
        assert nobody.get(page).status_code == 403
        assert reader.get(page).status_code == 200
    assert url("evaluation_evaluate") not in reader.get(url("evaluation_changelist")).content.decode()
    for client in (nobody, reader):
        assert client.get(url("evaluation_evaluate")).status_code == 403
        assert client.post(url("evaluation_evaluate"), {"fit_until": "2026-03-01"}).status_code == 403
    assert begun == []
    tester = staff("view_evaluation", "train_recommender")
    assert url("evaluation_evaluate") in tester.get(url("evaluation_changelist")).content.decode()
