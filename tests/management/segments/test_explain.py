from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.membership import define, override
from segmentation.models import Profile, Segment
from segmentation.profiles import guest_key
from tests.management.conftest import LATER, NOW, order

NOON = NOW.isoformat()

pytestmark = pytest.mark.usefixtures("filled")


def test_a_member(segments, alice):
    ran = segments("explain", "loyal", f"user:{alice.pk}", "--now", NOON, "--json")

    assert ran.data == {
        "member": True,
        "since": "2026-03-01T12:00:00+00:00",
        "leaves": [
            {
                "path": "/rules/0",
                "sentence": "at least 3 orders",
                "truth": "true",
                "asked": True,
                "value": "3",
                "limit": "3",
                "evidence": ["A1", "A2", "A3"],
            },
            {
                "path": "/rules/1",
                "sentence": "at least 1 order in the last 90 days",
                "truth": "true",
                "asked": True,
                "value": "2",
                "limit": "1",
                "evidence": ["A2", "A3"],
            },
        ],
    }
    assert (ran.err, ran.code) == ("", 0)


def test_somebody_who_is_not(segments, bob):
    data = segments("explain", "loyal", f"user:{bob.pk}", "--now", NOON, "--json").data

    assert (data["member"], data["since"]) == (False, None)
    assert [(leaf["truth"], leaf["value"], leaf["evidence"]) for leaf in data["leaves"]] == [
        ("false", "1", ["B1"]),
        ("false", "0", []),
    ]


def test_an_unknown_value(segments, bob):
    bob.country = ""
    bob.save()

    (leaf,) = segments("explain", "french", str(bob.pk), "--json").data["leaves"]

    assert (leaf["truth"], leaf["value"], leaf["limit"], leaf["evidence"]) == ("unknown", None, "FR", [])


def test_for_people(segments, alice):
    ran = segments("explain", "loyal", str(alice.pk), "--now", NOON)

    assert ran.out.splitlines() == [
        f"user:{alice.pk} is in “Loyal customers”.",
        "Member since 2026-03-01 12:00.",
        "  true     at least 3 orders",
        "             value 3, limit 3",
        "             rows: A1, A2, A3",
        "  true     at least 1 order in the last 90 days",
        "             value 2, limit 1",
        "             rows: A2, A3",
    ]


def test_who_is_kept_in_and_by_what(segments, bob):
    define("best", "top 1 by orders.sum(total) stay 7 days", now=NOW)
    segments("refresh", "--now", NOON)
    bob.orders.update(total=0)

    ran = segments("explain", "best", str(bob.pk), "--now", (NOW + timedelta(days=1)).isoformat())
    assert "             no longer among them (members stay for at least 7 days)\n" in ran.out


def test_the_latest_rows_of_many(segments, bob):
    for number in range(30):
        order(f"X{number:02}", "1.00", 30 - number, bob)

    ran = segments("explain", "loyal", str(bob.pk), "--now", NOON)

    named = ", ".join(f"X{number:02}" for number in range(10, 30))
    assert f"rows: the latest 20 of 31: {named}\n" in ran.out


def test_what_is_stored_may_be_late(segments, alice):
    alice.country = "GB"
    alice.save()

    lines = segments("explain", "french", str(alice.pk)).out.splitlines()

    assert lines[0] == f"user:{alice.pk} is not in “French”."
    assert lines[2] == "What is stored still says otherwise; the next refresh writes it."


def test_the_owners_word(segments, carol):
    profile = Profile.objects.get(key=f"user:{carol.pk}")
    override(Segment.objects.get(slug="french"), profile, included=True, now=LATER)

    ran = segments("explain", "french", str(carol.pk))

    assert segments("explain", "french", str(carol.pk), "--json").data["member"] is True
    assert ran.out.splitlines()[:3] == [
        f"user:{carol.pk} is in “French”.",
        "That is the owner's word, whatever the rule says.",
        "Member since 2026-03-02 12:00.",
    ]


@pytest.mark.parametrize("spelling", ["alice@example.com", " Alice@Example.COM "])
def test_an_account_by_its_email(spelling, segments, alice):
    ran = segments("explain", "french", spelling)

    assert ran.out.startswith(f"user:{alice.pk} is in")


def test_a_guest_by_email(segments, dan):
    assert segments("explain", "french", "DAN@example.com").out.startswith(f"{guest_key(dan)} is not in")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["nobody", "1"], 1, "no segment is called nobody"),
        (["loyal", "999999"], 1, "no customer is known as 999999"),
        (["loyal", "eve@example.com"], 1, "no customer is known as eve@example.com"),
        (["loyal", "bob@example.com", "--now", "noon"], 2, "--now: “noon” is not a date or time in ISO 8601"),
    ],
)
def test_refused(arguments, code, sentence, segments):
    ran = segments("explain", *arguments, "--json")

    assert (ran.out, ran.err, ran.code) == ("", sentence, code)


def test_a_broken_segment(segments, alice, use_source):
    use_source("LostCountry")

    ran = segments("explain", "french", str(alice.pk))

    assert (ran.out, ran.code) == ("", 1)
    assert ran.err == "french is broken: /rules/0/field: unknown fact customer.country"


def test_six_queries_whatever_the_number_of_orders(segments, bob, django_assert_num_queries):
    for number in range(40):
        order(f"Y{number}", "1.00", 1, bob)

    with django_assert_num_queries(6):  # with who was merged into him
        segments("explain", "loyal", str(bob.pk), "--json")


def test_what_was_not_asked_is_said(segments, bob, configure):
    configure(PROFILING_CONSENT="all")

    ran = segments("explain", "loyal", str(bob.pk), "--json")
    assert [(leaf["truth"], leaf["asked"], leaf["value"], leaf["limit"], leaf["evidence"]) for leaf in ran.data["leaves"]] == [
        ("unknown", False, None, None, [])
    ] * 2
    assert segments("explain", "loyal", str(bob.pk)).out.count("not asked: no consent to profiling") == 2
