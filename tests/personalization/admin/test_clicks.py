from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from personalization.models import Click, ShownList
from tests.personalization.admin.conftest import url
from tests.personalization.admin.recommending import make_version

PERSON = "user:4711"


def show(strategy: str, *clicked: int, days: float = 1, **fields: Any) -> ShownList:
    """A list of three, with clicks on these places."""
    at = timezone.now() - timedelta(days=days)
    made = ShownList.objects.create(strategy=strategy, at=at, products=["1", "2", "3"], size=3, person=PERSON, **fields)
    Click.objects.bulk_create(Click(shown=made, position=place, product_id=str(place), at=at) for place in clicked)
    return made


@pytest.fixture
def shown(db: None) -> None:
    """Two lists of for_you, one of which was clicked twice; one of similar in a slot a month ago; another shop's."""
    version = make_version(3, "active")
    show("for_you", 1, 3, version=version)
    show("for_you", version=version)
    show("similar", 1, days=20, slot="home")
    show("for_you", 1, 2, 3, shop="elsewhere")


def test_lists_are_counted_by_all_that_matters(admin: Client, shown: None, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        response = admin.get(url("shownlist_changelist"))
    assert response.context["sentence"] == ("3 lists were shown, with 9 products; 3 were opened: 100 for a hundred lists.")
    (section,) = response.context["sections"]
    charts = {chart.name: chart.table.rows for chart in section.charts}
    assert charts == {
        "by-strategy": [("For you", "100.0%"), ("Similar products", "100.0%")],
        "by-slot": [("home", "100.0%"), ("on the page itself", "100.0%")],
        "by-version": [("3", "100.0%"), ("none", "100.0%")],
        "by-place": [("1", "66.7%"), ("2", "0.0%"), ("3", "33.3%")],
    }
    (table,) = response.context["tables"]
    assert table.rows == [
        ("For you", "-", 3, "2", "6", "2", "100.0%"),
        ("Similar products", "home", "-", "1", "3", "1", "100.0%"),
    ]
    assert PERSON not in response.content.decode()


@pytest.mark.parametrize(("days", "lists"), [("7", 2), ("30", 3), ("90", 3), ("9999", 3), ("x", 3)])
def test_a_period_is_chosen(admin: Client, shown: None, days: str, lists: int) -> None:
    assert admin.get(url("shownlist_changelist"), {"days": days}).context["whole"].lists == lists


def test_what_nobody_opened_or_compares_with_nothing_is_no_chart(admin: Client) -> None:
    show("similar")
    response = admin.get(url("shownlist_changelist"))
    assert response.context["sections"] == []
    assert len(response.context["tables"][0].rows) == 1
    show("similar", 2)  # in no slot, by no version, as the other
    (section,) = admin.get(url("shownlist_changelist")).context["sections"]
    assert [chart.name for chart in section.charts] == ["by-place"]


def test_nothing_shown_is_said(admin: Client) -> None:
    response = admin.get(url("shownlist_changelist"))
    assert response.context["sentence"] == "No list was shown in the last 30 days."
    assert response.context["sections"] == response.context["tables"] == []


def test_who_may_not_look_sees_nothing_and_nobody_sees_rows(admin: Client, staff: Callable[..., Client], shown: None) -> None:
    row = ShownList.objects.first()
    assert row is not None
    assert staff("view_click").get(url("shownlist_changelist")).status_code == 403
    assert staff("view_shownlist").get(url("shownlist_changelist")).status_code == 200
    assert admin.get(url("shownlist_change", row.pk)).status_code == 404
    assert admin.get(url("shownlist_history", row.pk)).status_code == 404
    assert admin.get(url("shownlist_add")).status_code == 403
    assert admin.post(url("shownlist_delete", row.pk), {"post": "yes"}).status_code == 403
