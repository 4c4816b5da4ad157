from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from segmentation.admin.person import person_tables
from segmentation.membership import override
from segmentation.models import JournalEntry, Segment
from tests.admin.conftest import filled, person, url


def tables(response: Any) -> dict[str, list[list[str]]]:
    return {table.name: [[str(cell) for cell in row] for row in table.rows] for table in response.context["tables"]}


def test_the_page_shows_where_somebody_is_and_is_not(admin: Client, buyers: Segment, loyal: Segment) -> None:
    filled("none", "orders.count() > 99")
    alice = person("alice")
    shown = tables(admin.get(url("profile_change", alice.pk)))
    assert [(row[0], row[2], row[3]) for row in shown["segments"]] == [
        (
            f'<a href="{url("segment_change", segment.pk)}">{segment.name}</a>',
            "-",
            f'<a href="{url("profile_why", alice.pk, segment.pk)}">Why?</a>',
        )
        for segment in (buyers, loyal)
    ]
    none = Segment.objects.get(slug="none")
    assert shown["other-segments"] == [
        [
            f'<a href="{url("segment_change", none.pk)}">None</a>',
            "-",
            f'<a href="{url("profile_why", alice.pk, none.pk)}">Why not?</a>',
        ]
    ]
    assert [row[1:2] + row[3:] for row in shown["journal"]] == [["entered", "first fill", "1"]] * 2


def test_the_journal_on_the_page_has_an_end(admin: Client, buyers: Segment) -> None:
    bob = person("bob")
    JournalEntry.objects.bulk_create(
        JournalEntry(segment=buyers, profile=bob, entered=number % 2 == 0, at=timezone.now(), cause="refresh", version=1)
        for number in range(60)
    )
    response = admin.get(url("profile_change", bob.pk))
    assert len(tables(response)["journal"]) == 50
    assert "The latest 50." in response.content.decode()
    assert f"{url('journalentry_changelist')}?profile__id__exact={bob.pk}" in response.content.decode()


def test_more_segments_cost_no_more_queries(admin: Client, buyers: Segment) -> None:
    address = url("profile_change", person("alice").pk)
    with CaptureQueriesContext(connection) as few:
        admin.get(address)
    for number in range(8):
        filled(f"in-{number}", "orders.count() >= 1")
        filled(f"out-{number}", "orders.count() > 9")
    with CaptureQueriesContext(connection) as many:
        shown = tables(admin.get(address))
    assert (len(shown["segments"]), len(shown["other-segments"])) == (9, 8)
    assert len(few) == len(many) <= 11


def test_the_owners_word_stands_beside_the_segment(buyers: Segment, loyal: Segment) -> None:
    alice = person("alice")
    override(buyers, alice, included=True, now=timezone.now())
    override(loyal, alice, included=False, now=timezone.now())
    inside, outside, _ = person_tables(alice)
    assert [row[2] for row in inside.rows] == ["always in"]
    assert [row[1] for row in outside.rows] == ["never in"]
    assert not outside.is_folded


def test_segments_without_a_word_are_folded_away(buyers: Segment, loyal: Segment) -> None:
    inside, outside, _ = person_tables(person("bob"))
    assert (inside.is_folded, outside.is_folded, len(outside.rows)) == (False, True, 1)


def test_drafts_are_nowhere(loyal: Segment) -> None:
    Segment.objects.filter(pk=loyal.pk).update(state="draft")
    _, outside, _ = person_tables(person("bob"))
    assert outside.rows == []
