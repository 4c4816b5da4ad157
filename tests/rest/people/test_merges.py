from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from segmentation.models import MergeCause, Profile, ProfileMerge, Segment
from segmentation.profiles.merging import merge
from segmentation.profiles.visitors import welcome
from tests.rest.people.conftest import address, person, rows
from tests.sources.test_stored_upsert import LATER, NOW
from tests.statements import reading


@pytest.fixture
def merged(buyers: Segment) -> ProfileMerge:
    entry = merge(welcome("v1", now=NOW), person("alice"), now=NOW, cause=MergeCause.LOGIN)
    assert entry
    return entry


def told(entry: ProfileMerge, **more: str | None) -> dict[str, object]:
    keys = {"source": "visitor:v1", "target": person("alice").key}
    return {"id": entry.pk, **keys, "at": "2026-03-01T12:00:00Z", "cause": "login", "by": None, "undone_at": None, **more}


def test_from_either_side(looking: Client, merged: ProfileMerge) -> None:
    for key in (person("alice").key, "visitor:v1"):
        assert rows(looking, address(key, "merges")) == [told(merged)]
    assert rows(looking, address(person("bob").key, "merges")) == []


@time_machine.travel(LATER, tick=False)
def test_two_are_two_again_and_twice_is_once(staff: Callable[..., Client], merged: ProfileMerge) -> None:
    browser = staff("view_profile", "change_profile")
    where = address(person("alice").key, "merges", str(merged.pk), "undo")
    for _ in range(2):
        assert browser.post(where).json() == told(merged, undone_at="2026-03-01T13:00:00Z")
    merged.refresh_from_db()
    assert merged.undone_by is not None
    assert merged.undone_by.email == "staff@shop.test"
    assert Profile.objects.get(key="visitor:v1").merged_into is None


def test_only_a_merge_of_the_person(staff: Callable[..., Client], merged: ProfileMerge) -> None:
    browser = staff("view_profile", "change_profile")
    for key, number in ((person("bob").key, merged.pk), (person("alice").key, 0), (person("alice").key, 10**30)):
        assert browser.post(address(key, "merges", str(number), "undo")).status_code == 404
    merged.refresh_from_db()
    assert merged.undone_at is None


def test_undoing_needs_the_right(looking: Client, merged: ProfileMerge) -> None:
    assert looking.post(address(person("alice").key, "merges", str(merged.pk), "undo")).status_code == 403


def test_a_list_costs_as_much_as_a_row(looking: Client, merged: ProfileMerge) -> None:
    where = address(person("alice").key, "merges")
    with reading(6):
        rows(looking, where)
    for number in range(10):
        merge(welcome(f"w{number}", now=NOW), person("alice"), now=NOW, cause=MergeCause.LOGIN)
    with reading(6):
        assert len(rows(looking, where)) == 11
