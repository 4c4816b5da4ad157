from __future__ import annotations

import pytest

from segmentation import tasks
from segmentation.membership.lease import hold
from segmentation.models import Segment
from tests.rest.segments.conftest import said

pytestmark = pytest.mark.django_db


def test_here_with_what_it_did(api, loyal) -> None:
    response = api.post("/api/segments/loyal/refresh/")
    assert response.status_code == 200
    data = response.json()
    assert (data["at"], data["people"]) == ("2026-06-01T13:00:00+01:00", 4)
    assert data["segments"] == [{"slug": "loyal", "entered": 1, "left": 0, "size": 1, "problem": "", "visitors": 0, "note": ""}]


def test_by_a_worker_with_where_to_look(api, loyal, configure, monkeypatch) -> None:
    sent = []
    monkeypatch.setattr(tasks.refresh, "apply_async", lambda arguments, **options: sent.append(arguments))
    configure(CHANGES="celery")
    response = api.post("/api/segments/loyal/refresh/")
    where = "http://testserver/api/segments/loyal/"
    assert (response.status_code, response["Location"]) == (202, where)
    assert response.json() == {"follow": where, "refreshed_at": None}
    assert sent == [(["loyal"],)]


def test_a_broker_that_is_down(api, loyal, configure, monkeypatch) -> None:
    def fail(*arguments, **options):
        raise ConnectionRefusedError("amqp://secret@broker")

    monkeypatch.setattr(tasks.refresh, "apply_async", fail)
    configure(CHANGES="celery")
    assert said(api.post("/api/segments/loyal/refresh/")) == (503, "worker", "No worker can be asked at the moment.")


def test_one_at_a_time(api, loyal) -> None:
    with hold("refresh:default"):
        assert said(api.post("/api/segments/loyal/refresh/"))[:2] == (409, "busy")


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_what_has_no_members_is_not_refreshed(api, loyal, state) -> None:
    Segment.objects.update(state=state)
    assert said(api.post("/api/segments/loyal/refresh/"))[:2] == (409, "conflict")


def test_a_change_stays_where_it_cannot_be_answered(api, loyal, django_capture_on_commit_callbacks, caplog) -> None:
    with hold("refresh:default"), django_capture_on_commit_callbacks(execute=True):
        response = api.patch("/api/segments/loyal/", {"text": "orders.count() >= 2"})
    assert (response.status_code, response.json()["version"]) == (200, 2)
    assert "wait for the next refresh" in caplog.text
