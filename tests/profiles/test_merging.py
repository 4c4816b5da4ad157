from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.errors import MergeError
from segmentation.models import Consent, MergeCause, Profile, ProfileMerge, Purpose
from segmentation.profiles import sync
from segmentation.profiles.consents import say
from segmentation.profiles.merging import merge, undo
from segmentation.profiles.visitors import current, welcome
from segmentation.signals import profile_merged
from tests.cast import NOW, ago, profile_of, rolled_back

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
KEPT = ("first_key", "profiling", "merged_into")
LOGIN = MergeCause.LOGIN


@pytest.fixture
def account(alice):
    sync(now=ago(10))
    return profile_of(alice)


@pytest.fixture
def guest(dan):
    sync(now=ago(10))
    return profile_of(dan)


@pytest.fixture
def visitor():
    return welcome("v1", now=ago(5))


@pytest.fixture
def heard():
    told = []

    def hear(sender, merge, undone, **said):
        told.append((sender, merge, undone))

    profile_merged.connect(hear)
    yield told
    profile_merged.disconnect(hear)


def state():
    """What merging touches of every profile."""
    return {key: tuple(values) for key, *values in Profile.objects.order_by("pk").values_list("key", *KEPT)}


def fresh(profile):
    return Profile.objects.get(pk=profile.pk)


# What it does.


def test_a_visitor_logs_in(visitor, account):
    entry = merge(visitor, account, now=NOW, cause=LOGIN)

    assert (entry.source, entry.target, entry.at, entry.cause, entry.by) == (visitor, account, NOW, "login", None)
    assert (entry.first_key_before, entry.undone_at, entry.undone_by) == ("", None, None)
    assert fresh(visitor).merged_into == account
    assert current(visitor) == account
    assert list(Profile.objects.people("default").values_list("key", flat=True)) == [account.key]


def test_a_visitor_orders_as_a_guest_who_gets_an_account(visitor, guest, account):
    merge(visitor, guest, now=NOW, cause=MergeCause.CHECKOUT)
    assert fresh(visitor).merged_into == guest

    merge(guest, account, now=NOW, cause=MergeCause.VERIFIED)
    assert fresh(guest).merged_into == account
    assert fresh(visitor).merged_into == account  # chains are kept flat
    assert list(ProfileMerge.objects.order_by("pk").values_list("source", "target")) == [
        (visitor.pk, guest.pk),
        (guest.pk, account.pk),
    ]


def test_into_somebody_who_is_somebody_else(visitor, guest, account):
    merge(guest, account, now=NOW, cause=MergeCause.VERIFIED)
    entry = merge(visitor, guest, now=NOW, cause=MergeCause.CHECKOUT)

    assert entry.target == account
    assert current(visitor) == account
    assert fresh(visitor).merged_into == account


def test_who_did_it_by_hand_is_kept(visitor, account, alice):
    assert merge(visitor, account, now=NOW, cause=MergeCause.MANUAL, by=alice).by == alice


# What it refuses.


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("account", "other_account"),
        ("account", "guest"),
        ("account", "visitor"),
        ("guest", "visitor"),
        ("guest", "other_guest"),
        ("visitor", "other_visitor"),
        ("account", "account"),
        ("visitor", "visitor"),
    ],
)
def test_kinds_that_are_never_one(source, target, visitor, guest, account, bob):
    people = {
        "account": account,
        "guest": guest,
        "visitor": visitor,
        "other_account": Profile.objects.create(key="user:9", kind="user", customer_id="9", created_at=NOW),
        "other_guest": Profile.objects.create(key="guest:9", kind="guest", email="nine@guest.test", created_at=NOW),
        "other_visitor": welcome("v9", now=NOW),
    }
    before = state()

    assert merge(people[source], people[target], now=NOW, cause=LOGIN) is None
    with pytest.raises(MergeError, match="cannot be merged into"):
        merge(people[source], people[target], now=NOW, cause=MergeCause.MANUAL)
    assert state() == before
    assert not ProfileMerge.objects.exists()


def test_a_second_account_on_one_computer_gets_nothing_of_the_first(visitor, account, bob):
    sync(now=NOW)
    merge(visitor, account, now=NOW, cause=LOGIN)

    assert merge(fresh(visitor), profile_of(bob), now=LATER, cause=LOGIN) is None
    assert fresh(visitor).merged_into == account
    with pytest.raises(MergeError, match="it is somebody already; undo that merge first"):
        merge(fresh(visitor), profile_of(bob), now=LATER, cause=MergeCause.MANUAL)


def test_the_same_merge_again_is_none(visitor, account):
    merge(visitor, account, now=NOW, cause=LOGIN)

    assert merge(visitor, account, now=LATER, cause=LOGIN) is None
    assert ProfileMerge.objects.count() == 1


def test_what_was_merged_into_one_does_not_take_that_one_in(visitor, guest, account):
    """No circle: the guest is the account, and the account is not the guest."""
    merge(guest, account, now=NOW, cause=MergeCause.VERIFIED)

    with pytest.raises(MergeError, match="they are one already"):
        merge(account, guest, now=NOW, cause=MergeCause.MANUAL)


def test_people_of_two_shops(visitor, configure, alice):
    configure(SHOP="second")
    sync(now=NOW)

    assert merge(visitor, profile_of(alice), now=NOW, cause=LOGIN) is None
    with pytest.raises(MergeError, match="they are people of two shops"):
        merge(visitor, profile_of(alice), now=NOW, cause=MergeCause.MANUAL)


# Stable shares.


def test_the_key_by_which_they_were_known_first_draws_shares(account):
    earlier, later = welcome("early", now=ago(30)), welcome("late", now=ago(3))
    merge(later, account, now=NOW, cause=LOGIN)
    assert account.first_key == fresh(account).first_key == ""

    merge(earlier, account, now=NOW, cause=LOGIN)
    assert account.first_key == fresh(account).first_key == "visitor:early"


def test_known_at_one_moment_the_account_goes_by_its_own_key(account):
    merge(welcome("v9", now=ago(10)), account, now=NOW, cause=LOGIN)

    assert fresh(account).first_key == ""


def test_the_first_key_is_that_of_all_whom_they_were(guest, account):
    oldest, older = welcome("oldest", now=ago(40)), welcome("older", now=ago(20))
    merge(oldest, guest, now=NOW, cause=MergeCause.CHECKOUT)
    merge(guest, account, now=NOW, cause=MergeCause.VERIFIED)
    entry = merge(older, account, now=NOW, cause=LOGIN)

    assert (fresh(guest).first_key, fresh(account).first_key) == ("visitor:oldest", "visitor:oldest")
    assert entry.first_key_before == "visitor:oldest"


# Consent.


@pytest.mark.parametrize("granted", [True, False])
def test_whoever_said_nothing_is_taken_at_their_visitors_word(granted, visitor, account):
    said = say(visitor, Purpose.PROFILING, granted, now=ago(1), method="banner", source="/")
    merge(visitor, account, now=NOW, cause=LOGIN)

    assert account.profiling is fresh(account).profiling is granted
    receipt = Consent.objects.exclude(pk=said.pk).get()
    assert (receipt.profile, receipt.purpose, receipt.granted, receipt.at) == (account, "profiling", granted, NOW)
    assert (receipt.method, receipt.source) == ("merge", "visitor:v1")


@pytest.mark.parametrize(("visitors", "own"), [(True, False), (False, True)])
def test_ones_own_word_stands(visitors, own, visitor, account):
    say(visitor, Purpose.PROFILING, visitors, now=ago(1), method="banner")
    say(account, Purpose.PROFILING, own, now=ago(2), method="account")
    merge(visitor, account, now=NOW, cause=LOGIN)

    assert fresh(account).profiling is own
    assert Consent.objects.filter(method="merge").count() == 0


def test_no_word_brings_none(visitor, account):
    merge(visitor, account, now=NOW, cause=LOGIN)

    assert fresh(account).profiling is None
    assert not Consent.objects.exists()


# Undone.


def test_undone_they_are_two_again_as_before(visitor, account, alice):
    say(visitor, Purpose.PROFILING, True, now=ago(1), method="banner")
    Profile.objects.filter(pk=visitor.pk).update(created_at=ago(90))
    before = state()
    entry = merge(visitor, account, now=NOW, cause=LOGIN)
    assert state() != before

    undo(entry, now=LATER, by=alice)
    assert state() == before
    assert (entry.undone_at, entry.undone_by) == (LATER, alice)
    assert ProfileMerge.objects.get().undone_at == LATER
    taken = Consent.objects.order_by("pk").last()
    assert (taken.profile, taken.granted, taken.at, taken.method, taken.source) == (account, False, LATER, "undo", "visitor:v1")


def test_undone_twice_is_undone_once(visitor, account, heard, django_capture_on_commit_callbacks):
    entry = merge(visitor, account, now=NOW, cause=LOGIN)
    with django_capture_on_commit_callbacks(execute=True):
        undo(entry, now=LATER)
        undo(entry, now=LATER + timedelta(days=1))

    assert ProfileMerge.objects.get().undone_at == LATER
    assert heard == [(ProfileMerge, entry, True)]


def test_undone_the_visitor_may_turn_out_to_be_another(visitor, account, bob):
    sync(now=NOW)
    undo(merge(visitor, account, now=NOW, cause=LOGIN), now=NOW)

    assert merge(fresh(visitor), profile_of(bob), now=LATER, cause=LOGIN).target == profile_of(bob)
    assert fresh(visitor).merged_into == profile_of(bob)


def test_a_word_said_since_is_kept(visitor, account):
    say(visitor, Purpose.PROFILING, True, now=ago(1), method="banner")
    entry = merge(visitor, account, now=NOW, cause=LOGIN)
    say(account, Purpose.PROFILING, True, now=NOW, method="account")
    undo(entry, now=LATER)

    assert fresh(account).profiling is True


def test_the_last_link_of_a_chain_undone(visitor, guest, account):
    say(visitor, Purpose.PROFILING, True, now=ago(1), method="banner")
    merge(visitor, guest, now=NOW, cause=MergeCause.CHECKOUT)
    before = state()
    entry = merge(guest, account, now=NOW, cause=MergeCause.VERIFIED)
    undo(entry, now=LATER)

    assert state() == before
    assert fresh(visitor).merged_into == guest


def test_the_first_link_of_a_chain_undone(guest, account):
    say(welcome("v1", now=ago(50)), Purpose.PROFILING, True, now=ago(1), method="banner")
    visitor = welcome("v1", now=NOW)
    first = merge(visitor, guest, now=NOW, cause=MergeCause.CHECKOUT)
    merge(guest, account, now=NOW, cause=MergeCause.VERIFIED)
    assert state() == {
        account.key: ("visitor:v1", True, None),
        guest.key: ("visitor:v1", True, account.pk),
        visitor.key: ("", True, account.pk),
    }
    undo(first, now=LATER)

    assert state() == {
        account.key: ("", None, None),
        guest.key: ("", None, account.pk),
        visitor.key: ("", True, None),
    }


def test_a_chain_whose_middle_spoke_since_keeps_that_word(guest, account):
    visitor = welcome("v1", now=NOW)
    say(visitor, Purpose.PROFILING, True, now=ago(1), method="banner")
    first = merge(visitor, guest, now=NOW, cause=MergeCause.CHECKOUT)
    say(guest, Purpose.PROFILING, True, now=NOW, method="account")
    merge(guest, account, now=NOW, cause=MergeCause.VERIFIED)
    undo(first, now=LATER)

    assert (fresh(guest).profiling, fresh(account).profiling) == (True, True)


# Who is told.


def test_it_is_told_after_commit(visitor, account, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        entry = merge(visitor, account, now=NOW, cause=LOGIN)
        assert heard == []
    assert heard == [(ProfileMerge, entry, False)]
    with django_capture_on_commit_callbacks(execute=True):
        undo(entry, now=LATER)
    assert heard[1:] == [(ProfileMerge, entry, True)]


def test_what_is_refused_or_rolled_back_is_not_told(visitor, account, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), rolled_back():
        merge(visitor, account, now=NOW, cause=LOGIN)
    with django_capture_on_commit_callbacks(execute=True):
        merge(account, visitor, now=NOW, cause=LOGIN)

    assert heard == []
    assert fresh(visitor).merged_into is None


def test_a_receiver_that_raises_does_not_stop_a_log_in(visitor, account, django_capture_on_commit_callbacks):
    def raise_it(**said):
        raise RuntimeError

    profile_merged.connect(raise_it)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            merge(visitor, account, now=NOW, cause=LOGIN)
    finally:
        profile_merged.disconnect(raise_it)
    assert fresh(visitor).merged_into == account
