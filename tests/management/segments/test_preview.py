from __future__ import annotations

import pytest

from segmentation.models import JournalEntry, Membership
from tests.management.conftest import NOW

pytestmark = pytest.mark.usefixtures("people")

NOON = NOW.isoformat()
NARROW = "Fewer than 20 people are in: too narrow for a campaign, and it may single people out."


def test_a_rule(segments):
    ran = segments("preview", "orders.count(last 90 days) >= 1", "--now", NOON, "--json")

    assert ran.data == {
        "count": 2,
        "share": 0.5,
        "sentence": "Customers who match: at least 1 order in the last 90 days (since Dec. 1, 2025).",
        "warnings": [NARROW],
    }
    assert (ran.err, ran.code) == ("", 0)
    assert not Membership.objects.exists()
    assert not JournalEntry.objects.exists()


def test_for_people(segments):
    ran = segments("preview", "orders.count(last 90 days) >= 1", "--now", NOON)

    assert ran.out.splitlines() == [
        "Customers who match: at least 1 order in the last 90 days (since Dec. 1, 2025).",
        "2 of 4 people (50.0%)",
        f"Note: {NARROW}",
    ]


@pytest.mark.parametrize(("now", "count"), [("2026-03-01", 2), ("2025-09-01T12:00", 1), ("2024-01-01", 0), ("2500-01-01", 0)])
def test_another_moment(now, count, segments):
    assert segments("preview", "orders.count(last 90 days) >= 1", "--now", now, "--json").data["count"] == count


@pytest.mark.parametrize(
    ("rule", "problems"),
    [
        ("customer.shoe_size = 40", ["/rules/0/field: unknown fact customer.shoe_size"]),
        (
            'customer.country > "FR" and visits.count() >= 1',
            [
                "/rules/0/operator: customer.country is a text, which has no operator >; it has "
                "=, !=, in, not in, contains, not contains, starts with, ends with, is set, is not set",
                "/rules/1/field: unknown fact visits.count()",
            ],
        ),
        ('customer.joined_at after "2026-02-30"', ["/rules/0/value: '2026-02-30' is not a date or time"]),
    ],
)
def test_every_problem_on_a_line_of_its_own(rule, problems, segments):
    ran = segments("preview", rule, "--json")

    assert (ran.out, ran.code) == ("", 1)
    assert ran.err.splitlines() == ["the rule cannot be asked:", *problems]


@pytest.mark.parametrize("rule", ["", "orders.count(", "orders.count() >= 1 and", "()", "drop table"])
def test_text_that_cannot_be_read(rule, segments):
    ran = segments("preview", rule, "--json")

    heading, *problems = ran.err.splitlines()
    assert (ran.out, ran.code, heading) == ("", 1, "the rule cannot be asked:")
    assert [problem.startswith("line 1, column ") for problem in problems] == [True]


def test_a_bad_date(segments):
    ran = segments("preview", "orders.count() >= 1", "--now", "yesterday")

    assert (ran.out, ran.err, ran.code) == ("", "--now: “yesterday” is not a date or time in ISO 8601", 2)


def test_the_source_falls_over(segments, use_source):
    use_source("FallsOver")

    ran = segments("preview", 'orders.count(where channel = "web") >= 1')

    assert (ran.out, ran.code) == ("", 1)
    assert ran.err.endswith("RuntimeError: the shop fell over")


def test_the_same_queries_for_more_conditions(segments, django_assert_num_queries):
    with django_assert_num_queries(4):
        segments("preview", "orders.count() >= 1 and customer.country is set")
    with django_assert_num_queries(4):
        many = " and ".join(f"orders.count(last {days} days) >= 1" for days in range(1, 30))
        segments("preview", f"{many} and customer.country is set")
