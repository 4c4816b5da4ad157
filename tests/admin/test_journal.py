from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from segmentation.membership import override
from segmentation.models import JournalEntry, Segment
from tests.admin.conftest import person, url

LIST = "journalentry_changelist"


def story(response: Any) -> list[tuple[str, str, str]]:
    admin = response.context["cl"].model_admin
    return [(row.segment.slug, admin.event(row), row.cause) for row in response.context["cl"].result_list]


def test_the_journal_of_a_segment_newest_first(admin: Client, buyers: Segment, loyal: Segment) -> None:
    override(loyal, person("alice"), included=False, now=timezone.now())
    response = admin.get(url(LIST), {"segment__id__exact": loyal.pk})
    assert story(response) == [("loyal", "left", "manual"), ("loyal", "entered", "first_fill")]


def test_the_journal_of_a_person(admin: Client, buyers: Segment, loyal: Segment) -> None:
    response = admin.get(url(LIST), {"profile__id__exact": person("alice").pk})
    assert story(response) == [("loyal", "entered", "first_fill"), ("buyers", "entered", "first_fill")]


def test_exits_and_causes_are_picked_out(admin: Client, buyers: Segment) -> None:
    override(buyers, person("bob"), included=False, now=timezone.now())
    assert story(admin.get(url(LIST), {"entered__exact": 0})) == [("buyers", "left", "manual")]
    assert len(story(admin.get(url(LIST), {"cause__exact": "first_fill"}))) == 3


def test_another_shops_journal_is_not_there(admin: Client, buyers: Segment) -> None:
    Segment.objects.filter(pk=buyers.pk).update(shop="other")
    assert story(admin.get(url(LIST))) == []


def test_nobody_edits_the_journal(admin: Client, buyers: Segment) -> None:
    entry = JournalEntry.objects.earliest("pk")
    assert admin.get(url("journalentry_add")).status_code == 403
    assert admin.get(url("journalentry_change", entry.pk)).status_code == 200
    assert admin.post(url("journalentry_change", entry.pk), {}).status_code == 403
    assert admin.post(url("journalentry_delete", entry.pk), {"post": "yes"}).status_code == 403


def test_the_list_costs_few_queries(admin: Client, buyers: Segment, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        assert len(story(admin.get(url(LIST)))) == 3
