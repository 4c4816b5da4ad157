from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from segmentation.models import Cause, JournalEntry, Membership, Override, Profile, Segment
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def segment(db):
    return Segment.objects.create(slug="vip", name="Very important", definition={})


@pytest.fixture
def profile(db):
    return Profile.objects.create(key="user:1", kind="user", created_at=NOW)


def test_how_they_are_called(segment, profile):
    entry = {"segment": segment, "profile": profile, "at": NOW, "cause": Cause.MANUAL, "version": 1}

    assert str(Membership(segment=segment, profile=profile, since=NOW)) == "user:1 in Very important"
    assert str(JournalEntry(entered=True, **entry)) == "user:1 entered Very important"
    assert str(JournalEntry(entered=False, **entry)) == "user:1 left Very important"
    assert str(Override(segment=segment, profile=profile, included=True, at=NOW)) == "user:1 always in Very important"
    assert str(Override(segment=segment, profile=profile, included=False, at=NOW)) == "user:1 never in Very important"


def test_nobody_is_in_a_segment_twice(segment, profile):
    Membership.objects.create(segment=segment, profile=profile, since=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(segment=segment, profile=profile, since=NOW)


def test_there_is_one_word_on_a_person_in_a_segment(segment, profile):
    Override.objects.create(segment=segment, profile=profile, included=True, at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(segment=segment, profile=profile, included=False, at=NOW)


def test_somebody_may_come_and_go_often(segment, profile):
    for entered in (True, False, True):
        JournalEntry.objects.create(segment=segment, profile=profile, entered=entered, at=NOW, cause=Cause.REFRESH, version=1)

    assert list(segment.journal.order_by("pk").values_list("entered", flat=True)) == [True, False, True]


@pytest.mark.parametrize("deleted", ["segment", "profile"])
def test_nothing_outlives_what_it_is_about(segment, profile, deleted):
    Membership.objects.create(segment=segment, profile=profile, since=NOW)
    JournalEntry.objects.create(segment=segment, profile=profile, entered=True, at=NOW, cause=Cause.CHANGE, version=1)
    Override.objects.create(segment=segment, profile=profile, included=True, at=NOW)

    {"segment": segment, "profile": profile}[deleted].delete()
    assert not any(model.objects.exists() for model in (Membership, JournalEntry, Override))


def test_who_said_a_word_may_go(segment, profile, alice):
    said = Override.objects.create(segment=segment, profile=profile, included=True, at=NOW, by=alice)

    alice.delete()
    said.refresh_from_db()
    assert said.by is None


def test_every_cause_fits_its_column():
    longest = max(map(len, Cause.values))

    assert longest <= JournalEntry._meta.get_field("cause").max_length
    assert set(Cause.values) == {"first_fill", "definition", "refresh", "change", "manual", "gone", "merged"}
