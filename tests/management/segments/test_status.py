from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from segmentation.models import RefreshRun, Segment
from tests.management.conftest import NOW

pytestmark = pytest.mark.usefixtures("filled")


def after(hours):
    return time_machine.travel(NOW + timedelta(hours=hours), tick=False)


def test_all_is_well(segments):
    with after(2):
        ran = segments("status", "--json")

    noon = "2026-03-01T12:00:00+00:00"
    shared = {"state": "live", "version": 1, "size": 1, "refreshed_at": noon, "lag": 7200}
    assert ran.data == {
        "shop": "default",
        "people": 4,
        "last_refresh": noon,
        "alarms": [],
        "notes": [],
        "segments": [{"slug": "french", "name": "French", **shared}, {"slug": "loyal", "name": "Loyal customers", **shared}],
        "ignored": {"orders": 0},
        "faults": {},
    }
    assert (ran.err, ran.code) == ("", 0)


def test_alarms_end_with_one(segments):
    Segment.objects.filter(slug="french").update(state=Segment.State.BROKEN, problem="unknown fact")

    with after(26):
        ran = segments("status", "--json")

    assert ran.data["alarms"] == [
        "french is broken and keeps the members it had: unknown fact",
        "loyal was not refreshed for 26 hours",
    ]
    assert (ran.err, ran.code) == ("", 1)


def test_for_people(segments):
    RefreshRun.objects.update(ignored={"orders": 1200, "refunds": 0}, faults={"orders.total": 3})

    with after(26):
        ran = segments("status")

    assert ran.lines == [
        ["shop", "default:", "people", "4,", "last", "refresh", "2026-03-01", "12:00"],
        ["segment", "state", "size", "version", "last", "refresh", "lag"],
        ["french", "live", "1", "1", "2026-03-01", "12:00", "1", "day,", "2:00:00"],
        ["loyal", "live", "1", "1", "2026-03-01", "12:00", "1", "day,", "2:00:00"],
        ["rows", "left", "out", "by", "the", "last", "refresh:", "orders", "1,200"],
        ["values", "that", "the", "last", "refresh", "did", "not", "understand:", "orders.total", "3"],
        ["ALARM:", "french", "was", "not", "refreshed", "for", "26", "hours"],
        ["ALARM:", "loyal", "was", "not", "refreshed", "for", "26", "hours"],
    ]
    assert ran.code == 1


def test_what_the_owner_should_look_at_is_no_alarm(segments):
    Segment.objects.filter(slug="french").update(problem="nothing is French")
    Segment.objects.filter(slug="loyal").update(state=Segment.State.ARCHIVED, problem="long ago")

    with after(1):
        assert segments("status", "--json").data["notes"] == ["french: nothing is French"]
        ran = segments("status")
    assert (ran.lines[-1], ran.code) == (["Note:", "french:", "nothing", "is", "French"], 0)


def test_what_was_left_out_is_no_alarm(segments):
    RefreshRun.objects.update(ignored={"orders": 5}, faults={"orders.total": 3})

    with after(1):
        ran = segments("status", "--json")

    assert (ran.data["ignored"], ran.data["faults"]) == ({"orders": 5}, {"orders.total": 3})
    assert ran.code == 0


def test_a_source_with_problems(segments, use_source):
    use_source("NoOrders")

    with after(1):
        ran = segments("status", "--json")

    assert ran.data["alarms"] == ["shop source: orders: is missing; order_lines takes its times from there"]
    assert ran.code == 1
