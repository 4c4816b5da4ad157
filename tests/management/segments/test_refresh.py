from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from segmentation.membership import define
from segmentation.models import Lease, Membership, Profile, RefreshRun, Segment
from tests.management.conftest import LATER, NOW, Terminal, order

NOON, NEXT_NOON = NOW.isoformat(), LATER.isoformat()


def members(slug):
    return list(Membership.objects.filter(segment__slug=slug).values_list("profile__key", flat=True))


@pytest.mark.usefixtures("loyal", "french")
def test_every_live_segment(segments, alice):
    define("draft", "orders.count() = 0", state=Segment.State.DRAFT, now=NOW)

    ran = segments("refresh", "--now", NOON, "--json")

    assert ran.data == {
        "at": NOON,
        "people": 4,
        "segments": [
            {"slug": "french", "entered": 1, "left": 0, "size": 1, "problem": "", "visitors": 0, "note": ""},
            {"slug": "loyal", "entered": 1, "left": 0, "size": 1, "problem": "", "visitors": 0, "note": ""},
        ],
        "ignored": {"orders": 0},
        "faults": {},
    }
    assert (ran.err, ran.code) == ("", 0)
    assert members("loyal") == members("french") == [f"user:{alice.pk}"]


@pytest.mark.usefixtures("filled")
def test_those_named_and_only_differences(segments, bob):
    order("B2", "1.00", 1, bob)
    order("B3", "1.00", 1, bob)

    ran = segments("refresh", "loyal", "--now", NEXT_NOON, "--json")

    assert ran.data["segments"] == [
        {"slug": "loyal", "entered": 1, "left": 0, "size": 2, "problem": "", "visitors": 0, "note": ""}
    ]
    assert Segment.objects.get(slug="french").refreshed_at == NOW


@pytest.mark.usefixtures("filled")
def test_for_people(segments):
    ran = segments("refresh", "--now", (NOW + timedelta(days=365)).isoformat())

    assert ran.lines == [
        ["segment", "entered", "left", "size"],
        ["french", "0", "0", "1"],
        ["loyal", "0", "1", "0"],
        ["people", "4,", "as", "of", "2027-03-01", "12:00"],
    ]


@pytest.mark.usefixtures("filled")
def test_progress_on_a_terminal(segments):
    ran = segments("refresh", "--now", NEXT_NOON, out=Terminal())

    assert ran.out.startswith("\rsegments 1 / 2\rsegments 2 / 2\nsegment ")


@pytest.mark.usefixtures("filled")
def test_a_column_vanished(segments, use_source, alice):
    use_source("LostCountry")

    ran = segments("refresh", "--now", NEXT_NOON, "--json")

    problem = "/rules/0/field: unknown fact customer.country"
    assert ran.data["segments"] == [
        {"slug": "french", "entered": 0, "left": 0, "size": 1, "problem": problem, "visitors": 0, "note": ""},
        {"slug": "loyal", "entered": 0, "left": 0, "size": 1, "problem": "", "visitors": 0, "note": ""},
    ]
    assert ran.err == f"french is broken and keeps the members it had: {problem}\n"
    assert ran.code == 1
    assert members("french") == [f"user:{alice.pk}"]


@pytest.mark.usefixtures("filled")
def test_a_broken_segment_that_was_not_asked(segments, use_source):
    use_source("LostCountry")

    assert segments("refresh", "loyal", "--now", NEXT_NOON).code == 0


@pytest.mark.usefixtures("filled")
def test_another_refresh_is_at_it(segments):
    Lease.objects.update(holder="another", expires_at=timezone.now() + timedelta(hours=1))

    ran = segments("refresh", "--now", NEXT_NOON, "--json")

    assert (ran.out, ran.code) == ("", 75)
    assert ran.err == "another worker holds the lease refresh:default; try again when it is done"
    assert Segment.objects.get(slug="loyal").refreshed_at == NOW


@pytest.mark.usefixtures("filled")
def test_the_source_falls_over(segments, use_source, alice):
    use_source("FallsOver")
    define("online", 'orders.count(where channel = "web") >= 1', now=NOW)

    ran = segments("refresh", "--now", NEXT_NOON)

    assert (ran.out, ran.code) == ("", 1)
    assert ran.err.endswith("RuntimeError: the shop fell over")
    assert "\n" not in ran.err
    assert members("loyal") == [f"user:{alice.pk}"]
    assert members("online") == []
    assert Profile.objects.filter(gone_at=None).count() == 4
    assert RefreshRun.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["nobody"], 1, "no live segment is called nobody"),
        (["--now", "tomorrow"], 2, "--now: “tomorrow” is not a date or time in ISO 8601"),
        (
            ["--now", "2026-02-28T12:00:00Z"],
            1,
            "french was refreshed as of 2026-03-01T12:00:00+00:00, which is after 2026-02-28T12:00:00+00:00",
        ),
    ],
)
@pytest.mark.usefixtures("filled")
def test_refused(arguments, code, sentence, segments):
    ran = segments("refresh", *arguments)

    assert (ran.out, ran.err, ran.code) == ("", sentence, code)


def test_no_segments(segments, db):
    ran = segments("refresh", "--now", NOON, "--json")

    assert (ran.data["segments"], ran.data["people"], ran.code) == ([], 0, 0)


@pytest.mark.usefixtures("loyal", "french")
def test_values_that_stand_in_no_row_are_told(segments, alice, bob):
    segments("refresh", "--now", NOON)
    type(alice).objects.update(country="PL")

    ran = segments("refresh", "french", "--now", NEXT_NOON, "--json")
    note = 'In “customer.country = "FR"” (/rules/0): "FR" stands in no row: customer.country is "PL"'
    assert ran.data["segments"] == [
        {"slug": "french", "entered": 0, "left": 1, "size": 0, "problem": "", "visitors": 0, "note": note}
    ]
    assert (ran.err, ran.code) == (f"french: {note}\n", 0)
