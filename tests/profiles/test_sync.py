from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from segmentation.errors import SourceError
from segmentation.models import MergeCause, Profile
from segmentation.models.batch import BATCH
from segmentation.profiles import SyncReport, guest_key, sync
from segmentation.profiles.census import Census
from segmentation.profiles.merging import merge
from segmentation.profiles.sync import sync_few
from segmentation.profiles.visitors import welcome
from shopdemo.shop.models import Order, User
from shopdemo.source import DemoSource
from tests.cast import NOW, key_of, keys_of, place_order, profile_of
from tests.sources.conftest import keepers, visits  # noqa: F401
from tests.sources.zoo.source import Zoo
from tests.statements import only_reads, verbs

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
MODULE = import_module("segmentation.profiles.sync")  # the package has the function by this name


class Joining(DemoSource):
    guests_join_accounts = True


class Torn(DemoSource):
    """Breaks at Dan's order, after customers have been read."""

    orders = DemoSource.orders.replace(email=lambda order: order.email if order.number != "D1" else 1 // 0)


def present() -> set[str]:
    return set(Profile.objects.filter(gone_at=None).values_list("key", flat=True))


def test_a_profile_for_everybody(cast):
    assert sync(now=NOW) == SyncReport(created=4, returned=0, gone=0, people=4)
    assert present() == keys_of(*cast.values())

    alice, dan = profile_of(cast["alice"]), profile_of(cast["dan"])
    assert (alice.shop, alice.kind, alice.customer_id, alice.email) == ("default", "user", str(cast["alice"].pk), "")
    assert (dan.shop, dan.kind, dan.customer_id, dan.email) == ("default", "guest", "", "dan@guest.test")
    assert (alice.created_at, alice.gone_at, alice.revision) == (NOW, None, 0)


def test_nobody_to_know():
    assert sync(now=NOW) == SyncReport(0, 0, 0, 0)
    assert not Profile.objects.exists()


def test_the_clock_is_asked_where_no_moment_is_given(alice):
    assert sync().created == 1
    assert profile_of(alice).created_at.tzinfo is not None


@pytest.mark.usefixtures("visits")
def test_keys_that_are_uuids(use_source):
    use_source(Zoo)

    assert sync(now=NOW).created == 3
    assert present() == {
        "user:00000000-0000-0000-0000-00000000000a",
        "user:00000000-0000-0000-0000-00000000000b",
        guest_key("guest@zoo.test"),
    }


def test_a_second_sync_changes_nothing_and_writes_nothing(cast, django_assert_num_queries):
    sync(now=NOW)
    before = list(Profile.objects.order_by("pk").values())

    with django_assert_num_queries(5) as queries:  # customers, orders, refunds, carts, profiles
        assert sync(now=LATER) == SyncReport(0, 0, 0, 4)

    assert only_reads(queries)
    assert list(Profile.objects.order_by("pk").values()) == before


def test_who_was_deactivated_is_gone_and_comes_back(alice, bob):
    sync(now=NOW)
    known = profile_of(alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)

    assert sync(now=LATER) == SyncReport(0, 0, 1, 1)
    assert (profile_of(alice).gone_at, profile_of(bob).gone_at) == (LATER, None)
    assert sync(now=LATER + timedelta(days=1)) == SyncReport(0, 0, 0, 1)
    assert profile_of(alice).gone_at == LATER

    User.objects.filter(pk=alice.pk).update(is_active=True)
    assert sync(now=LATER) == SyncReport(0, 1, 0, 2)
    back = profile_of(alice)
    assert (back.pk, back.gone_at, back.created_at) == (known.pk, None, NOW)


def test_a_deleted_customer_is_gone_though_the_profile_stays(carol):
    sync(now=NOW)
    key = key_of(carol)
    carol.delete()

    assert sync(now=LATER).gone == 1
    assert Profile.objects.get(key=key).gone_at == LATER


def test_a_guest_without_orders_is_gone_and_comes_back(dan):
    sync(now=NOW)
    Order.objects.all().delete()

    assert sync(now=LATER) == SyncReport(0, 0, 1, 0)
    place_order("D2", dan)
    assert sync(now=LATER) == SyncReport(0, 1, 0, 1)


def test_visitors_are_not_the_shops_to_know(alice):
    Profile.objects.create(key="visitor:1", kind=Profile.Kind.VISITOR, created_at=NOW)

    assert sync(now=NOW).gone == 0
    assert Profile.objects.get(key="visitor:1").gone_at is None


def test_another_shops_profiles_are_left_alone(alice, configure):
    sync(now=NOW)
    configure(SHOP="second")

    assert sync(now=LATER) == SyncReport(1, 0, 0, 1)
    User.objects.all().update(is_active=False)
    assert sync(now=LATER).gone == 1
    assert list(Profile.objects.filter(gone_at=None).values_list("shop", "key")) == [("default", key_of(alice))]


def test_a_guest_whose_address_gets_an_account_joins_it(dan, use_source):
    use_source(Joining)
    sync(now=NOW)
    account = User.objects.create_user("dan@guest.test")

    assert sync(now=LATER) == SyncReport(1, 0, 1, 1)
    assert present() == keys_of(account)


def test_a_source_that_raises_halfway_changes_nothing(cast, use_source):
    sync(now=NOW)
    cast["carol"].delete()
    User.objects.create_user("eve@shop.test")
    before = list(Profile.objects.order_by("pk").values())
    use_source(Torn)

    with pytest.raises(SourceError, match=r"orders\.email failed for the row with key \d+: ZeroDivisionError"):
        sync(now=LATER)
    assert list(Profile.objects.order_by("pk").values()) == before


def test_everybody_is_read_from_the_alias_for_bulk_reads_and_a_few_are_not(alice, configure):
    configure(SOURCE_ALIAS="replica")

    with pytest.raises(SourceError, match="customers could not be read: ConnectionDoesNotExist"):
        sync(now=NOW)
    sync_few([alice.pk], [], now=NOW)
    assert present() == keys_of(alice)


def test_a_run_that_was_cut_short_is_taken_up_by_the_next(monkeypatch, cast):
    monkeypatch.setattr(MODULE, "batches", lambda items: ([item] for item in items))

    def cut(done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(now=NOW, progress=cut)
    assert Profile.objects.count() == 2

    assert sync(now=LATER) == SyncReport(2, 0, 0, 4)
    assert present() == keys_of(*cast.values())
    assert sorted(Profile.objects.values_list("created_at", flat=True)) == [NOW, NOW, LATER, LATER]


def test_a_run_cut_short_while_marking_the_gone_is_taken_up_too(monkeypatch, cast):
    sync(now=NOW)
    User.objects.update(is_active=False)
    monkeypatch.setattr(MODULE, "batches", lambda items: ([item] for item in items))

    def cut(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(now=NOW, progress=cut)
    assert sync(now=LATER).gone == 2
    assert present() == keys_of(cast["dan"])


def missed(monkeypatch, *people, after=None):
    """The census misses these people, as a replica that lags behind does; then something happens."""

    def take(source, using):
        census = original(source, using)
        if after:
            after()
        return Census(census.customers - {str(one.pk) for one in people if isinstance(one, User)}, census.guests - {*people})

    original = MODULE.take_census
    monkeypatch.setattr(MODULE, "take_census", take)


def test_nobody_is_gone_whom_the_shop_knows_by_name(monkeypatch, alice, bob, dan):
    sync(now=NOW)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    missed(monkeypatch, alice, dan)
    told: list[tuple[int, int]] = []

    report = sync(now=LATER, progress=lambda done, total: told.append((done, total)))
    assert report == SyncReport(created=0, returned=0, gone=1, people=0)
    assert present() == keys_of(alice, dan)
    assert profile_of(bob).gone_at == LATER
    assert told == [(3, 3)]


def test_whom_the_census_does_not_know_yet_is_not_gone(monkeypatch, alice):
    """Made known while the shop was being read."""
    sync(now=NOW)
    eve = User(email="eve@shop.test")

    def signs_up():
        eve.save()
        sync_few([eve.pk], [], now=LATER)

    missed(monkeypatch, eve, after=signs_up)
    assert sync(now=LATER) == SyncReport(created=0, returned=0, gone=0, people=1)
    assert present() == keys_of(alice, eve)


def test_somebody_who_went_while_the_shop_was_read_is_not_counted_twice(monkeypatch, alice):
    sync(now=NOW)

    def goes():
        User.objects.filter(pk=alice.pk).update(is_active=False)
        sync_few([alice.pk], [], now=NOW)

    missed(monkeypatch, alice, after=goes)
    assert sync(now=LATER) == SyncReport(0, 0, 0, 0)
    assert profile_of(alice).gone_at == NOW


def test_a_shop_that_does_not_answer_by_name_marks_nobody(monkeypatch, alice, bob):
    sync(now=NOW)
    missed(monkeypatch, alice, bob)

    def fail(*arguments):
        raise SourceError("customers could not be read")

    monkeypatch.setattr(MODULE, "look_up", fail)
    with pytest.raises(SourceError, match=r"^customers could not be read$"):
        sync(now=LATER)
    assert present() == keys_of(alice, bob)


def test_a_few_are_locked_before_the_shop_is_asked_for_them(alice, monkeypatch):
    sync(now=NOW)
    asked: list[str] = []

    def look(*arguments):
        asked.append("shop")
        return original(*arguments)

    def lock(rows):
        asked.append("lock")
        return rows

    original = MODULE.look_up
    monkeypatch.setattr(MODULE, "look_up", look)
    monkeypatch.setattr(MODULE, "locked", lock)
    sync_few([alice.pk], [], now=LATER)
    assert asked == ["lock", "shop"]

    User.objects.update(is_active=False)
    sync_few([alice.pk], [], now=LATER)
    assert asked[2:] == ["lock", "shop", "lock", "shop"]


class Replica:
    """Reads of the shop go to a database that is not there."""

    def db_for_read(self, model, **hints):
        return "replica" if model._meta.app_label == "shop" else None


def test_a_few_are_looked_up_where_the_shop_writes(alice, dan, settings):
    settings.DATABASE_ROUTERS = [f"{__name__}.Replica"]

    with pytest.raises(SourceError, match="customers could not be read: ConnectionDoesNotExist"):
        sync(now=NOW)
    sync_few([alice.pk], [dan], now=NOW)
    assert present() == keys_of(alice, dan)


def test_somebody_made_by_another_worker_meanwhile_is_no_trouble(monkeypatch, alice):
    def late(customer, shop, moment):
        Profile.objects.create(shop=shop, key=key_of(alice), kind="user", customer_id=customer, created_at=NOW)
        return Profile(shop=shop, key=key_of(alice), kind="user", customer_id=customer, created_at=moment)

    monkeypatch.setattr(MODULE, "profile_of_customer", late)
    sync(now=LATER)

    assert list(Profile.objects.values_list("key", "created_at")) == [(key_of(alice), NOW)]


def many(count: int) -> None:
    User.objects.bulk_create(User(email=f"u{number}@shop.test") for number in range(count))


def test_thousands_are_written_in_batches_and_told():
    many(2 * BATCH + 1)
    told: list[tuple[int, int]] = []

    with CaptureQueriesContext(connection) as queries:
        report = sync(now=NOW, progress=lambda done, total: told.append((done, total)))

    assert report == SyncReport(1001, 0, 0, 1001)
    assert told == [(500, 1001), (1000, 1001), (1001, 1001)]
    assert Profile.objects.count() == 1001
    counted = verbs(queries)
    assert (counted["SELECT"], counted["UPDATE"]) == (5, 3)
    assert counted["INSERT"] <= 3 * 10  # SQLite takes some hundred rows at once, PostgreSQL the batch


def test_thousands_are_gone_in_batches():
    many(2 * BATCH + 1)
    sync(now=NOW)
    User.objects.all().update(is_active=False)

    with CaptureQueriesContext(connection) as queries:
        assert sync(now=LATER) == SyncReport(0, 0, 1001, 0)
    # For each batch: people locked, the shop asked for them by name, those whom it does not know marked.
    assert verbs(queries) == {"SELECT": 5 + 3 * 2, "UPDATE": 3, "SAVEPOINT": 3, "RELEASE": 3}
    assert Profile.objects.filter(gone_at=LATER).count() == 1001


def test_a_few_are_brought_in_step(cast):
    alice, dan = cast["alice"], cast["dan"]

    ids = sync_few([alice.pk], ["DAN@guest.test"], now=NOW)

    assert present() == keys_of(alice, dan)
    assert ids == sorted([profile_of(alice).pk, profile_of(dan).pk])
    assert sync_few([str(alice.pk)], [dan], now=LATER) == ids
    assert profile_of(alice).created_at == NOW


def test_a_few_of_whom_one_is_gone_are_all_named(alice, bob):
    ids = sync_few([alice.pk, bob.pk], [], now=NOW)
    User.objects.filter(pk=alice.pk).update(is_active=False)

    assert sync_few([alice.pk, bob.pk], [], now=LATER) == ids
    assert (profile_of(alice).gone_at, profile_of(bob).gone_at) == (LATER, None)


def test_whom_nobody_named_is_left_alone(alice, bob):
    sync(now=NOW)
    User.objects.update(is_active=False)

    sync_few([alice.pk], [], now=LATER)
    assert present() == keys_of(bob)


def test_whom_the_shop_does_not_know_gets_no_profile(db):
    assert sync_few([999_999, ""], ["nobody@guest.test", ""], now=NOW) == []
    assert not Profile.objects.exists()


def test_naming_nobody_is_answered_with_nobody(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert sync_few([], [], now=NOW) == []


def test_a_guest_who_joins_an_account_is_named_by_it_and_it_by_the_guest(alice, use_source):
    use_source(Joining)
    place_order("G1", "ALICE@shop.test")

    by_address = sync_few([], ["alice@shop.test"], now=NOW)
    assert by_address == [profile_of(alice).pk]
    assert present() == keys_of(alice)


def test_a_new_account_takes_over_its_guest_at_once(dan, use_source):
    use_source(Joining)
    sync(now=NOW)
    account = User.objects.create_user("dan@guest.test")

    ids = sync_few([account.pk], [], now=LATER)
    assert ids == [profile_of(dan).pk, profile_of(account).pk]
    assert present() == keys_of(account)


def test_a_few_queries_for_a_few(cast, django_assert_num_queries):
    customers = [cast[name].pk for name in ("alice", "bob", "carol")]
    sync(now=NOW)

    # A savepoint and its release; customers, orders, refunds, profiles twice.
    with django_assert_num_queries(8):
        sync_few(customers, [cast["dan"]], now=LATER)


# Who turned out to be somebody else.


def merged_guest(alice, dan, now):
    """Dan's orders as a guest turn out to be Alice's."""
    sync(now=now)
    guest = profile_of(dan)
    merge(guest, profile_of(alice), now=now, cause=MergeCause.VERIFIED)
    return guest


def test_a_merged_guest_is_neither_missing_nor_gone(alice, dan, django_assert_num_queries):
    guest = merged_guest(alice, dan, NOW)

    with django_assert_num_queries(5):
        assert sync(now=LATER) == SyncReport(created=0, returned=0, gone=0, people=1)
    Order.objects.filter(number="D1").delete()
    assert sync(now=LATER) == SyncReport(0, 0, 0, 1)
    guest.refresh_from_db()
    assert (guest.gone_at, guest.merged_into) == (None, profile_of(alice))


def test_a_merged_guest_who_was_gone_does_not_return(alice, dan):
    guest = merged_guest(alice, dan, NOW)
    Profile.objects.filter(pk=guest.pk).update(gone_at=NOW)

    assert sync(now=LATER) == SyncReport(0, 0, 0, 1)
    sync_few([], [dan], now=LATER)
    guest.refresh_from_db()
    assert guest.gone_at == NOW


def test_a_merged_guest_who_is_named_is_given_with_whoever_they_are(alice, dan):
    guest = merged_guest(alice, dan, NOW)

    assert sorted(sync_few([], [dan], now=LATER)) == sorted([guest.pk, profile_of(alice).pk])
    Order.objects.filter(number="D1").delete()
    sync_few([], [dan], now=LATER)
    guest.refresh_from_db()
    assert guest.gone_at is None


def test_visitors_are_named_by_their_ids_and_nobody_sweeps_them(alice, django_assert_num_queries):
    visitor, other = welcome("v1", now=NOW), welcome("v2", now=NOW)
    assert sync(now=LATER).people == 1
    assert not Profile.objects.filter(kind="visitor").exclude(gone_at=None).exists()

    merge(other, profile_of(alice), now=NOW, cause=MergeCause.LOGIN)
    account = profile_of(alice).pk
    with django_assert_num_queries(1):
        assert sync_few([], [], ["v1", "v2", "v3"], now=LATER) == [visitor.pk, other.pk, account]
