from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from segmentation import membership, tasks
from segmentation.errors import SourceError
from segmentation.membership.lease import hold
from segmentation.models import Segment
from tests.admin.conftest import form_of, told, url

pytestmark = pytest.mark.django_db(transaction=True)


def save(admin: Client, segment: Segment, **changes: str) -> list[tuple[str, str]]:
    response = admin.post(
        url("segment_change", segment.pk), form_of(segment, rule_text="orders.count() >= 1", **changes), follow=True
    )
    assert response.status_code == 200
    return [message for message in told(response) if "was changed successfully" not in message[1]]


@pytest.fixture
def celery(settings: Any) -> None:
    settings.SEGMENTATION = {**settings.SEGMENTATION, "CHANGES": "celery"}


def test_a_saved_live_segment_is_refreshed_at_once(admin: Client, loyal: Segment) -> None:
    assert save(admin, loyal) == [("success", "“Loyal” has 3 members: 2 entered, 0 left.")]
    loyal.refresh_from_db()
    assert (loyal.size, loyal.refreshed_version) == (3, 2)


def test_values_that_stand_in_no_row_are_told(admin: Client, people: None) -> None:
    response = admin.post(
        url("segment_add"), form_of(name="Poles", slug="poles", rule_text='customer.country = "PL"'), follow=True
    )
    note = 'In “customer.country = "PL"” (/rules/0): "PL" stands in no row: customer.country is "FR", "GB"'
    assert told(response)[-2:] == [
        ("success", "“Poles” has 0 members: 0 entered, 0 left."),
        ("warning", f"“Poles”: {note}"),
    ]


def test_a_saved_draft_is_not(admin: Client, loyal: Segment) -> None:
    assert save(admin, loyal, state="draft") == []


def test_a_made_segment_is_filled(admin: Client, people: None) -> None:
    response = admin.post(url("segment_add"), form_of(name="All", slug="all"), follow=True)
    assert told(response)[-1] == ("success", "“All” has 3 members: 3 entered, 0 left.")


def test_another_refresh_is_not_disturbed(admin: Client, loyal: Segment) -> None:
    with hold("refresh:default"):
        said = save(admin, loyal)
    assert said == [
        ("warning", "Another refresh is under way. These segments were not refreshed; the next refresh answers them.")
    ]
    loyal.refresh_from_db()
    assert (loyal.version, loyal.refreshed_version, loyal.size) == (2, 1, 1)


def test_a_shop_that_fails_is_told_and_the_change_stays(admin: Client, loyal: Segment, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise SourceError("orders went away")

    monkeypatch.setattr(membership, "refresh", fail)
    assert save(admin, loyal) == [("warning", "The refresh failed, and no membership was changed: orders went away")]
    loyal.refresh_from_db()
    assert loyal.version == 2


def test_whatever_fails_is_never_an_error_page(admin: Client, loyal: Segment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(membership, "refresh", lambda *args, **kwargs: 1 / 0)
    assert save(admin, loyal) == [("warning", "The refresh failed; the log says why. The next refresh tries again.")]


def test_a_clock_that_is_late_is_told(admin: Client, loyal: Segment) -> None:
    Segment.objects.filter(pk=loyal.pk).update(refreshed_at=timezone.now() + dt.timedelta(days=1))
    loyal.refresh_from_db()
    ((level, text),) = save(admin, loyal)
    assert level == "warning"
    assert text.startswith("The refresh failed, and no membership was changed: loyal was refreshed as of ")


def test_a_worker_refreshes_where_there_is_one(
    admin: Client, loyal: Segment, celery: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[Any, dict[str, Any]]] = []
    monkeypatch.setattr(tasks.refresh, "apply_async", lambda args, **options: sent.append((args, options)))
    assert save(admin, loyal) == [("info", "A worker refreshes 1 segment; look again in a moment.")]
    assert sent == [((["loyal"],), {"retry": False, "ignore_result": True})]
    loyal.refresh_from_db()
    assert loyal.refreshed_version == 1


def test_the_task_that_is_sent_does_the_work(admin: Client, loyal: Segment, celery: None) -> None:
    save(admin, loyal)
    loyal.refresh_from_db()
    assert (loyal.size, loyal.refreshed_version) == (3, 2)


def test_a_broker_that_is_down_is_told(admin: Client, loyal: Segment, celery: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(tasks.refresh, "apply_async", fail)
    assert save(admin, loyal) == [("warning", "The refresh failed; the log says why. The next refresh tries again.")]
    loyal.refresh_from_db()
    assert loyal.version == 2


def test_a_segment_that_breaks_meanwhile_is_told(admin: Client, loyal: Segment) -> None:
    definition = loyal.definition | {"rules": [{"kind": "attribute", "field": "customer.shoe", "operator": "is_set"}]}
    Segment.objects.filter(pk=loyal.pk).update(definition=definition)
    data = {"action": "refresh_selected", "_selected_action": [loyal.pk]}
    response = admin.post(url("segment_changelist"), data, follow=True)
    said = "“Loyal” is broken and keeps its members: /rules/0/field: unknown fact customer.shoe"
    assert told(response) == [("error", said)]
    assert loyal.memberships.count() == 1
