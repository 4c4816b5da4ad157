from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from segmentation.models import Profile, Segment
from segmentation.profiles.scores import write_scores
from tests.rest.people.conftest import address, person, rows
from tests.sources.test_stored_upsert import NOW
from tests.statements import reading


def test_by_name(staff: Callable[..., Client], buyers: Segment) -> None:
    key = person("alice").key
    write_scores("churn", {key: 0.25}, at=NOW, label="Churn", confidence={key: 0.5})
    write_scores("affinity", {key: 3, person("bob").key: 1}, at=NOW, about="LAMP")
    browser = staff("view_profile", "view_score")
    assert rows(browser, address(key, "scores")) == [
        {"name": "affinity", "label": "", "about": "LAMP", "value": "3.000000", "confidence": None, "at": "2026-03-01T12:00:00Z"},
        {"name": "churn", "label": "Churn", "about": "", "value": "0.250000", "confidence": 0.5, "at": "2026-03-01T12:00:00Z"},
    ]


def test_of_those_who_agreed_alone(staff: Callable[..., Client], buyers: Segment, configure: Callable[..., Any]) -> None:
    key = person("alice").key
    write_scores("churn", {key: 0.25}, at=NOW)
    browser = staff("view_profile", "view_score")
    configure(PROFILING_CONSENT="activity")
    assert rows(browser, address(key, "scores")) == []
    Profile.objects.filter(key=key).update(profiling=True)
    assert len(rows(browser, address(key, "scores"))) == 1


def test_scores_need_a_right_of_their_own(looking: Client, buyers: Segment) -> None:
    assert looking.get(address(person("alice").key, "scores")).status_code == 403


def test_a_list_costs_as_much_as_a_row(staff: Callable[..., Client], buyers: Segment) -> None:
    key = person("alice").key
    browser = staff("view_profile", "view_score")
    for count, names in ((1, range(1)), (50, range(1, 50))):
        for number in names:
            write_scores(f"s{number}", {key: number}, at=NOW)
        with reading(6):
            assert len(rows(browser, address(key, "scores"))) == count
