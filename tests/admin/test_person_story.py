from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from segmentation.activity import Context, Deed, record_many
from segmentation.models import MergeCause, Profile, ProfileMerge, Purpose, Segment
from segmentation.profiles.consents import Notice, say
from segmentation.profiles.merging import merge
from segmentation.profiles.visitors import welcome
from tests.admin.conftest import person, url
from tests.admin.test_person import tables

NOW = timezone.now() - timedelta(hours=1)


@pytest.fixture
def merged(buyers: Segment) -> ProfileMerge:
    """A visitor who agreed, looked at lamps, and turned out to be Alice."""
    visitor = welcome("v1", now=NOW)
    say(visitor, Purpose.PROFILING, True, now=NOW, method="banner", source="/", notice=Notice("2026-05"))
    record_many([Deed("view", visitor="v1", product_id="LAMP", context=Context(device="phone", channel="email"))], now=NOW)
    entry = merge(visitor, person("alice"), now=NOW, cause=MergeCause.LOGIN)
    assert entry is not None
    return entry


def test_the_page_shows_who_somebody_is_what_they_agreed_to_and_did(admin: Client, merged: ProfileMerge) -> None:
    alice, visitor = person("alice"), merged.source
    shown = tables(admin.get(url("profile_change", alice.pk)))
    assert [row[1:] for row in shown["merges"]] == [
        [
            f'<a href="{url("profile_change", visitor.pk)}">visitor:v1</a>',
            f'<a href="{url("profile_change", alice.pk)}">{alice.key}</a>',
            "logged in",
            "-",
            f'<a href="{url("profile_undo_merge", merged.pk)}">Undo…</a>',
        ]
    ]
    assert [row[1:] for row in shown["consents"]] == [
        ["personal content from what I look at", "granted", "merge", "visitor:v1", "2026-05"]
    ]
    assert [row[1:] for row in shown["activity"]] == [["view", "LAMP", "email", "phone", "-"]]


def test_of_somebody_of_whom_nothing_is_known(admin: Client, buyers: Segment) -> None:
    response = admin.get(url("profile_change", person("bob").pk))
    shown = tables(response)
    assert (shown["merges"], shown["consents"], shown["activity"]) == ([], [], [])
    for text in ("Nobody else, and nobody was found to be them.", "Nothing was said: no consent.", "Nothing was recorded."):
        assert text in response.content.decode()


def test_nothing_of_others_is_shown(admin: Client, merged: ProfileMerge) -> None:
    shown = tables(admin.get(url("profile_change", person("bob").pk)))
    assert (shown["merges"], shown["consents"], shown["activity"]) == ([], [], [])


def test_more_of_it_costs_no_more_queries_and_the_latest_are_shown(admin: Client, merged: ProfileMerge) -> None:
    address = url("profile_change", person("alice").pk)
    with CaptureQueriesContext(connection) as few:
        admin.get(address)
    record_many([Deed("view", visitor="v1") for _ in range(60)], now=NOW)
    for number in range(5):
        merge(welcome(f"w{number}", now=NOW), person("alice"), now=NOW, cause=MergeCause.LOGIN)
    with CaptureQueriesContext(connection) as many:
        response = admin.get(address)
    shown = tables(response)
    assert (len(shown["merges"]), len(shown["activity"])) == (6, 50)
    assert "The latest 50." in response.content.decode()
    assert len(few) == len(many)


def test_a_merge_is_undone_after_a_question(admin: Client, owner: Any, merged: ProfileMerge) -> None:
    address = url("profile_undo_merge", merged.pk)
    assert "visitor:v1 turned out to be" in admin.get(address).content.decode()
    assert Profile.objects.get(key="visitor:v1").merged_into == person("alice")
    response = admin.post(address, follow=True)
    assert [message.message for message in response.context["messages"]] == [
        f"visitor:v1 and {person('alice').key} are two again."
    ]
    merged.refresh_from_db()
    assert merged.undone_by == owner
    assert Profile.objects.get(key="visitor:v1").merged_into is None
    assert "Undo…" not in admin.get(url("profile_change", merged.source_id)).content.decode()


def test_only_who_may_change_profiles_undoes(staff: Callable[..., Client], merged: ProfileMerge) -> None:
    browser = staff("view_profile")
    assert "Undo…" not in browser.get(url("profile_change", merged.source_id)).content.decode()
    assert browser.post(url("profile_undo_merge", merged.pk)).status_code == 403
    merged.refresh_from_db()
    assert merged.undone_at is None


def test_a_merge_of_another_shop_is_not_found(admin: Client, merged: ProfileMerge) -> None:
    Profile.objects.filter(pk=merged.source_id).update(shop="second")
    assert admin.post(url("profile_undo_merge", merged.pk)).status_code == 404


def test_visitors_are_listed_and_filtered_by_kind(admin: Client, merged: ProfileMerge) -> None:
    found = admin.get(url("profile_changelist"), {"kind__exact": "visitor"}).context["cl"].result_list
    assert [profile.key for profile in found] == ["visitor:v1"]
