from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from segmentation.models import Consent, MergeCause, Profile, Purpose
from segmentation.profiles import sync
from segmentation.profiles.consents import Notice, receipts, say, states
from segmentation.profiles.merging import merge, undo
from segmentation.profiles.visitors import welcome
from segmentation.signals import consent_changed
from tests.cast import NOW, profile_of, rolled_back

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
NOTICE = Notice("2026-05", "Dürfen wir?", "de")
NOTHING = dict.fromkeys(Purpose.values)


@pytest.fixture
def visitor():
    return welcome("v1", now=NOW)


@pytest.fixture
def heard():
    told = []

    def hear(sender, profile, purpose, granted, at, **said):
        told.append((sender, profile, purpose, granted, at))

    consent_changed.connect(hear)
    yield told
    consent_changed.disconnect(hear)


def word(profile):
    return Profile.objects.get(pk=profile.pk).profiling


def test_a_receipt_says_who_when_how_and_of_what_notice(visitor):
    receipt = say(visitor, Purpose.PROFILING, True, now=NOW, method="banner", source="/basket/", notice=NOTICE)

    assert Consent.objects.values().get() == {
        "id": receipt.pk,
        "profile_id": visitor.pk,
        "purpose": "profiling",
        "granted": True,
        "at": NOW,
        "method": "banner",
        "source": "/basket/",
        "notice_version": "2026-05",
        "notice_hash": hashlib.sha256("Dürfen wir?".encode()).hexdigest(),
        "language": "de",
    }


def test_without_a_notice_there_is_no_digest(visitor):
    receipt = say(visitor, Purpose.PROFILING, True, now=NOW, method="account")

    assert (receipt.notice_version, receipt.notice_hash, receipt.language, receipt.source) == ("", "", "", "")


def test_the_last_word_on_profiling_stands_on_the_profile(visitor):
    assert word(visitor) is None
    for granted in (True, False, True):
        say(visitor, Purpose.PROFILING, granted, now=NOW, method="banner")
        assert word(visitor) is granted
        assert visitor.profiling is granted
    assert list(Consent.objects.order_by("pk").values_list("granted", flat=True)) == [True, False, True]


def test_other_purposes_are_no_word_on_profiling(visitor):
    say(visitor, Purpose.NEWSLETTER, True, now=NOW, method="account")

    assert word(visitor) is None
    assert states(visitor) == {**NOTHING, "newsletter": True}


def test_states_have_the_last_word_on_each_purpose(visitor, django_assert_num_queries):
    say(visitor, Purpose.PROFILING, True, now=NOW, method="banner")
    say(visitor, Purpose.PROFILING, False, now=NOW, method="banner")
    say(visitor, Purpose.SMS, True, now=NOW, method="account")

    with django_assert_num_queries(1):
        assert states(visitor) == {**NOTHING, "profiling": False, "sms": True}


def test_no_purpose(visitor):
    with pytest.raises(ValueError, match="'world domination' is no purpose: it is one of profiling, newsletter, "):
        say(visitor, "world domination", True, now=NOW, method="banner")
    assert not Consent.objects.exists()


def test_what_does_not_fit_is_cut(visitor):
    receipt = say(visitor, Purpose.SMS, True, now=NOW, method="m" * 40, source="s" * 300, notice=Notice("v" * 40, "", "l" * 20))

    assert [len(text) for text in (receipt.method, receipt.source, receipt.notice_version, receipt.language)] == [32, 200, 32, 16]


def test_it_is_told_once_after_commit(visitor, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        say(visitor, Purpose.PROFILING, True, now=NOW, method="banner")
        say(visitor, Purpose.PROFILING, True, now=LATER, method="account")
        assert heard == []
    assert heard == [(Consent, visitor.pk, "profiling", True, NOW)]
    assert Consent.objects.count() == 2

    with django_capture_on_commit_callbacks(execute=True):
        say(visitor, Purpose.PROFILING, False, now=LATER, method="account")
    assert heard[1:] == [(Consent, visitor.pk, "profiling", False, LATER)]


def test_a_no_is_another_word_than_none(visitor, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        say(visitor, Purpose.PROFILING, False, now=NOW, method="gpc")

    assert [told[3] for told in heard] == [False]


def test_what_is_rolled_back_was_never_said(visitor, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), rolled_back():
        say(visitor, Purpose.PROFILING, True, now=NOW, method="banner")

    assert heard == []
    assert word(visitor) is None


def test_a_merged_visitor_speaks_for_whoever_they_are(visitor, alice):
    sync(now=NOW)
    merge(visitor, profile_of(alice), now=NOW, cause=MergeCause.LOGIN)
    say(welcome("v1", now=NOW), Purpose.PROFILING, True, now=LATER, method="banner")

    assert word(profile_of(alice)) is True
    assert word(visitor) is None
    assert states(welcome("v1", now=NOW)) == {**NOTHING, "profiling": True}


def test_receipts_are_exported_with_those_from_before_they_were_known(visitor, alice):
    sync(now=NOW)
    say(visitor, Purpose.PROFILING, True, now=NOW, method="banner", source="/", notice=NOTICE)
    merge(visitor, profile_of(alice), now=LATER, cause=MergeCause.LOGIN)
    say(profile_of(alice), Purpose.SMS, False, now=LATER, method="account")

    told = {"notice_version": "2026-05", "notice_hash": NOTICE.digest, "language": "de"}
    nothing = dict.fromkeys(told, "")
    key, said = profile_of(alice).key, {"purpose": "profiling", "granted": True}
    assert receipts(visitor) == [
        {"subject": "visitor:v1", **said, "at": NOW.isoformat(), "method": "banner", "source": "/", **told},
        {"subject": key, **said, "at": LATER.isoformat(), "method": "merge", "source": "visitor:v1", **told},
        {
            "subject": key,
            "purpose": "sms",
            "granted": False,
            "at": LATER.isoformat(),
            "method": "account",
            "source": "",
            **nothing,
        },
    ]


def test_a_word_that_a_merge_brought_is_none_once_it_is_undone(visitor, alice):
    sync(now=NOW)
    say(visitor, Purpose.PROFILING, True, now=NOW, method="banner")
    entry = merge(visitor, profile_of(alice), now=NOW, cause=MergeCause.LOGIN)
    assert states(profile_of(alice))["profiling"] is True

    undo(entry, now=LATER)
    assert states(profile_of(alice))["profiling"] is None
    assert states(Profile.objects.get(pk=visitor.pk))["profiling"] is True
