from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from segmentation.errors import ClockWentBack, LeaseLost, RefreshBusy, RefreshError, SegmentError, SourceError
from segmentation.membership import RefreshReport, SegmentReport, define, evaluate_live, override, refresh
from segmentation.membership.define import change, sound
from segmentation.membership.lease import hold
from segmentation.models import JournalEntry, Lease, Membership, Profile, RefreshRun, Segment
from segmentation.profiles.sync import sync_few
from segmentation.signals import segment_entered, segments_refreshed
from shopdemo.shop.models import Order, User
from shopdemo.source import DemoSource
from tests.cast import NOW, ago, journal, key_of, keys_of, members, place_order, profile_of

pytestmark = pytest.mark.django_db

MODULE = import_module("segmentation.membership.refresh")  # the package has the function by this name
LATER = NOW + timedelta(hours=1)


class Torn(DemoSource):
    """Breaks at an order of Alice's, after customers and guests have been read."""

    orders = DemoSource.orders.replace(channel=lambda order: 1 // 0 if order.number == "A3" else "web")


class WithChannel(DemoSource):
    orders = DemoSource.orders.replace(channel=lambda order: "web")


class WithoutCoupons(DemoSource):
    """The column has vanished."""

    orders = DemoSource.orders.replace(coupon_code=None)


@pytest.fixture
def segments(cast):
    """Filled. Loyal is Alice; dormant is Bob; never bought is Carol; coupons is Alice."""
    for slug, rule in (
        ("coupons", "orders.count(where coupon_code is set) >= 1"),
        ("dormant", "orders.count() >= 1 and orders.count(last 180 days) = 0"),
        ("loyal", "orders.count() >= 3"),
        ("never-bought", "orders.count() = 0"),
    ):
        define(slug, rule, now=NOW)
    refresh(now=NOW)


def state_of_everything() -> list:
    """All that a refresh may change, but for the lease."""
    return [list(model.objects.order_by("pk").values()) for model in (Membership, JournalEntry, Segment, RefreshRun)]


def stored(slug: str) -> Segment:
    return Segment.objects.get(slug=slug)


# What is filled and written.


def test_the_first_refresh_fills(cast):
    alice, bob, _, dan = cast.values()
    segment = define("buyers", "orders.count() >= 1", now=NOW)

    report = refresh(now=NOW)
    assert report == RefreshReport(NOW, 4, (SegmentReport("buyers", 3, 0, 3),), {"orders": 0}, {})
    assert members("buyers") == keys_of(alice, bob, dan)
    assert set(Membership.objects.values_list("since", "shop")) == {(NOW, "default")}
    assert sorted(journal(segment)) == sorted((key_of(one), True, NOW, "first_fill", 1) for one in (alice, bob, dan))
    segment.refresh_from_db()
    assert (segment.size, segment.refreshed_at, segment.refreshed_version, segment.state) == (3, NOW, 1, "live")


def test_a_refresh_is_remembered(alice):
    define("buyers", "orders.count() >= 1", now=NOW)
    place_order("N1", None)
    place_order("E1", alice, currency="EUR")
    define("rich", "orders.sum(total) >= 100", now=NOW)

    refresh(now=NOW)
    run = RefreshRun.objects.get()
    assert (run.shop, run.at, run.people, run.segments) == ("default", NOW, 1, 2)
    assert (run.ignored, run.faults) == ({"orders": 1}, {"orders.total without a rate for EUR": 1})


def test_so_many_refreshes_are_remembered(alice, monkeypatch):
    monkeypatch.setattr(MODULE, "KEPT_RUNS", 3)
    RefreshRun.objects.create(shop="second", at=NOW, people=0, segments=0)
    for hours in range(6):
        refresh(now=NOW + timedelta(hours=hours))

    kept = RefreshRun.objects.filter(shop="default").order_by("at").values_list("at", flat=True)
    assert list(kept) == [NOW + timedelta(hours=hours) for hours in (3, 4, 5)]
    assert RefreshRun.objects.filter(shop="second").count() == 1


@pytest.mark.usefixtures("segments")
def test_a_refresh_that_changes_nothing_writes_no_membership(writes, django_assert_max_num_queries):
    before = [list(model.objects.order_by("pk").values()) for model in (Membership, JournalEntry, Profile)]

    with writes() as written:
        report = refresh(now=LATER)
    assert written.moved == []
    assert [list(model.objects.order_by("pk").values()) for model in (Membership, JournalEntry, Profile)] == before
    assert [(one.entered, one.left, one.size) for one in report.segments] == [(0, 0, 1)] * 4
    assert set(Segment.objects.values_list("refreshed_at", flat=True)) == {LATER}


@pytest.mark.usefixtures("segments")
def test_the_same_moment_twice_is_no_trouble():
    before = list(Membership.objects.order_by("pk").values())

    refresh(now=NOW)
    assert list(Membership.objects.order_by("pk").values()) == before


@pytest.mark.usefixtures("segments")
def test_only_differences_are_written(alice, bob, carol, dan, writes):
    place_order("B3", bob, 1)
    kept = set(Membership.objects.exclude(segment__slug="dormant").values_list("pk", "since"))

    with writes() as written:
        report = refresh(now=LATER)
    assert sorted(written.moved) == ["DELETE membership", "INSERT journalentry", "INSERT journalentry", "INSERT membership"]
    assert report.segments == (
        SegmentReport("coupons", 0, 0, 1),
        SegmentReport("dormant", 0, 1, 0),
        SegmentReport("loyal", 1, 0, 2),
        SegmentReport("never-bought", 0, 0, 1),
    )
    assert set(Membership.objects.values_list("pk", "since")) > kept
    assert journal(stored("dormant"))[-1] == (key_of(bob), False, LATER, "refresh", 1)
    assert journal(stored("loyal"))[-1] == (key_of(bob), True, LATER, "refresh", 1)
    assert Membership.objects.get(segment__slug="loyal", profile__key=key_of(bob)).since == LATER
    assert Membership.objects.get(segment__slug="loyal", profile__key=key_of(alice)).since == NOW


def test_time_alone_moves_people(bob):
    define("bought-lately", "orders.count(last 30 days) >= 1", now=NOW)
    place_order("B3", bob, 29)
    refresh(now=NOW)
    assert members("bought-lately") == keys_of(bob)

    refresh(now=NOW + timedelta(days=1))
    assert members("bought-lately") == keys_of(bob)  # the day of the order is the first of the thirty
    refresh(now=NOW + timedelta(days=2))
    assert members("bought-lately") == set()


@pytest.mark.usefixtures("segments")
def test_a_changed_definition_is_the_cause(alice, bob):
    loyal = stored("loyal")
    change(loyal, sound("orders.count() = 2"), now=NOW)

    refresh(now=LATER)
    assert journal(loyal)[1:] == [
        (key_of(bob), True, LATER, "definition", 2),
        (key_of(alice), False, LATER, "definition", 2),
    ]
    place_order("B3", bob, 1)
    refresh(now=LATER)
    assert journal(loyal)[-1] == (key_of(bob), False, LATER, "refresh", 2)


@pytest.mark.usefixtures("segments")
def test_new_customers_are_known_first(alice):
    eve = User.objects.create_user("eve@shop.test")

    report = refresh(now=LATER)
    assert report.people == 5
    assert key_of(eve) in members("never-bought")
    assert journal(stored("never-bought"))[-1] == (key_of(eve), True, LATER, "refresh", 1)


@pytest.mark.usefixtures("segments")
def test_who_is_gone_leaves_and_comes_back(alice, dan):
    User.objects.filter(pk=alice.pk).update(is_active=False)

    report = refresh(now=LATER)
    assert report.people == 3
    assert key_of(alice) not in members("loyal") | members("coupons")
    assert journal(stored("loyal"))[-1] == (key_of(alice), False, LATER, "gone", 1)
    assert [(one.slug, one.left, one.size) for one in report.segments if one.left] == [("coupons", 1, 0), ("loyal", 1, 0)]

    User.objects.filter(pk=alice.pk).update(is_active=True)
    refresh(now=LATER)
    assert journal(stored("loyal"))[-1] == (key_of(alice), True, LATER, "refresh", 1)


@pytest.mark.usefixtures("segments")
def test_a_guest_without_orders_leaves(dan):
    define("guests", "orders.count() = 1", now=NOW)
    refresh(now=NOW)
    assert members("guests") == keys_of(dan)

    Order.objects.filter(number="D1").delete()
    refresh(now=LATER)
    assert members("guests") == set()
    assert journal(stored("guests"))[-1][3] == "gone"


def test_nobody_at_all(db):
    define("buyers", "orders.count() >= 1", now=NOW)
    define("never-bought", "orders.count() = 0", now=NOW)

    report = refresh(now=NOW)
    assert report.people == 0
    assert report.segments == (SegmentReport("buyers", 0, 0, 0), SegmentReport("never-bought", 0, 0, 0))


def test_no_segment_at_all(alice):
    assert refresh(now=NOW) == RefreshReport(NOW, 1, ())
    assert RefreshRun.objects.get().segments == 0


def test_the_clock_is_asked_where_no_moment_is_given(carol):
    define("never-bought", "orders.count() = 0", now=NOW)
    before = timezone.now()

    assert refresh().at >= before
    assert stored("never-bought").refreshed_at >= before


def test_thousands_are_written_in_batches(db, monkeypatch, ear, django_capture_on_commit_callbacks):
    monkeypatch.setattr(MODULE, "batches", lambda items: (items[start : start + 10] for start in range(0, len(items), 10)))
    User.objects.bulk_create(User(email=f"u{number}@shop.test") for number in range(25))
    define("never-bought", "orders.count() = 0", now=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        assert refresh(now=NOW).segments == (SegmentReport("never-bought", 25, 0, 25),)
    assert [len(profiles) for _, _, profiles, _ in ear.moves()] == [10, 10, 5]


def test_thousands(db):
    users = User.objects.bulk_create(User(email=f"u{number}@shop.test") for number in range(2500))
    define("never-bought", "orders.count() = 0", now=NOW)
    refresh(now=NOW)
    Order.objects.bulk_create(Order(number=str(user.pk), user=user, placed_at=ago(1), total=1) for user in users[:1000])

    with CaptureQueriesContext(connection) as queries:
        assert refresh(now=LATER).segments == (SegmentReport("never-bought", 0, 1000, 1500),)
    assert len(queries) < 60
    User.objects.update(is_active=False)
    assert refresh(now=LATER).segments == (SegmentReport("never-bought", 0, 1500, 0),)


@pytest.mark.usefixtures("segments")
def test_the_number_of_queries_grows_with_segments_alone(cast, django_assert_max_num_queries):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            refresh(now=LATER)
        return len(found)

    before = queries()
    for number in range(20):
        place_order(f"X{number}", cast["alice"], 5)
        place_order(f"Y{number}", f"guest{number}@guest.test", 5)
    refresh(now=LATER)
    assert queries() == before
    for number in range(3):
        define(f"more-{number}", f"orders.count() >= {number + 100}", now=NOW)
    refresh(now=LATER)
    # Members, words; a savepoint, the lease, the segment locked, the count, the segment, the release.
    assert queries() == before + 3 * 8


# Which segments.


@pytest.mark.usefixtures("segments")
def test_only_the_segments_that_were_named(bob):
    place_order("B3", bob, 1)

    report = refresh(["loyal", stored("never-bought"), "loyal"], now=LATER)
    assert [one.slug for one in report.segments] == ["loyal", "never-bought"]
    assert key_of(bob) in members("loyal")
    assert members("dormant") == keys_of(bob)
    assert (stored("loyal").refreshed_at, stored("dormant").refreshed_at) == (LATER, NOW)


@pytest.mark.usefixtures("segments")
def test_no_segments_named_are_none():
    assert refresh([], now=LATER).segments == ()


@pytest.mark.usefixtures("segments")
@pytest.mark.parametrize("state", [Segment.State.DRAFT, Segment.State.ARCHIVED])
def test_a_segment_that_is_not_live_is_refused(bob, state):
    define("idea", "orders.count() >= 1", state=state, now=NOW)
    place_order("B3", bob, 1)
    before = state_of_everything()

    with pytest.raises(SegmentError, match=r"^no live segment is called idea, vip$"):
        refresh(["loyal", "idea", "vip"], now=LATER)
    assert state_of_everything() == before
    assert refresh(now=LATER).segments[0].slug == "coupons"
    assert members("idea") == set()


@pytest.mark.usefixtures("segments")
def test_another_shops_segments_are_left_alone(configure):
    configure(SHOP="second")

    assert refresh(now=LATER) == RefreshReport(LATER, 4, ())
    with pytest.raises(SegmentError, match="no live segment is called loyal"):
        refresh(["loyal"], now=LATER)
    assert set(Segment.objects.values_list("refreshed_at", flat=True)) == {NOW}


# Refused.


@pytest.mark.usefixtures("segments")
def test_the_clock_does_not_go_back(bob):
    place_order("B3", bob, 1)
    before = state_of_everything()

    with pytest.raises(
        ClockWentBack, match=r"^coupons was refreshed as of 2026-06-01T12:00:00\+00:00, which is after 2026-06-01T11:59:59"
    ):
        refresh(now=NOW - timedelta(seconds=1))
    assert state_of_everything() == before
    assert Lease.objects.get().holder == ""


@pytest.mark.usefixtures("segments")
def test_the_moment_must_be_aware(bob):
    place_order("B3", bob, 1)
    before = state_of_everything()

    with pytest.raises(RefreshError, match=r"^now must be aware of its time zone$"):
        refresh(now=LATER.replace(tzinfo=None))
    assert state_of_everything() == before


@pytest.mark.usefixtures("segments")
def test_the_clock_may_go_back_for_a_segment_that_was_never_refreshed():
    define("fresh", "orders.count() >= 1", now=NOW)

    assert refresh(["fresh"], now=NOW - timedelta(hours=1)).segments[0].entered == 3


@pytest.mark.usefixtures("segments")
def test_two_refreshes_at_once_are_one(bob):
    place_order("B3", bob, 1)
    before = state_of_everything()

    with hold("refresh:default"), pytest.raises(RefreshBusy):
        refresh(now=LATER)
    assert state_of_everything() == before
    assert key_of(bob) in members("dormant")
    refresh(now=LATER)
    assert key_of(bob) not in members("dormant")


@pytest.mark.usefixtures("segments")
def test_another_shops_refresh_is_none_of_ours():
    with hold("refresh:second"):
        assert len(refresh(now=LATER).segments) == 4


@pytest.mark.usefixtures("segments")
def test_the_lease_of_a_dead_worker_is_taken_over(bob):
    place_order("B3", bob, 1)
    Lease.objects.update(holder="dead:1", expires_at=timezone.now() - timedelta(seconds=1))

    refresh(now=LATER)
    assert key_of(bob) in members("loyal")
    assert Lease.objects.values_list("holder", "token").get() == ("", 2)


@pytest.mark.usefixtures("segments")
def test_who_was_too_slow_writes_nothing_more(bob, meanwhile):
    place_order("B3", bob, 1)
    before = state_of_everything()
    meanwhile(lambda: Lease.objects.update(holder="quick:2", token=99))

    with pytest.raises(LeaseLost):
        refresh(now=LATER)
    assert state_of_everything() == before
    assert Lease.objects.values_list("holder", "token").get() == ("quick:2", 99)


@pytest.mark.usefixtures("segments")
def test_the_lease_is_renewed_while_people_are_brought_in_step(bob, monkeypatch):
    place_order("B3", bob, 1)
    before = state_of_everything()
    told: list[str] = []

    def slow(*, now, source, progress):
        Lease.objects.update(expires_at=NOW)
        progress(1, 2)
        told.append("renewed" if Lease.objects.get().expires_at > timezone.now() else "ran out")
        Lease.objects.update(holder="quick:2", token=99)
        progress(2, 2)

    monkeypatch.setattr(MODULE, "sync", slow)
    with pytest.raises(LeaseLost):
        refresh(now=LATER)
    assert told == ["renewed"]
    assert state_of_everything() == before


@pytest.mark.usefixtures("segments")
def test_a_shop_that_raises_halfway_leaves_everything(bob, use_source):
    use_source(WithChannel)
    define("web", 'orders.count(where channel = "web") >= 1', now=NOW)
    refresh(now=NOW)
    place_order("B3", bob, 1)
    before = state_of_everything()
    use_source(Torn)

    with pytest.raises(SourceError, match=r"orders\.channel failed for the row with key \d+: ZeroDivisionError"):
        refresh(now=LATER)
    assert state_of_everything() == before
    assert Lease.objects.get().holder == ""

    use_source(WithChannel)
    refresh(now=LATER)
    assert key_of(bob) in members("loyal")


@pytest.mark.usefixtures("segments")
def test_whoever_fails_while_writing_keeps_what_is_whole(bob, carol, monkeypatch):
    place_order("B3", bob, 1)
    place_order("C1", carol, 1)
    original = MODULE.write
    calls = iter([original, lambda difference: 1 // 0])
    monkeypatch.setattr(MODULE, "write", lambda difference: next(calls)(difference))

    with pytest.raises(ZeroDivisionError):
        refresh(now=LATER)
    assert members("dormant") == set()  # the first was whole
    assert key_of(bob) not in members("loyal")
    assert len(journal(stored("dormant"))) == 2

    monkeypatch.setattr(MODULE, "write", original)
    refresh(now=LATER)
    assert members("loyal") == keys_of(bob) | {key for key in members("loyal") if key != key_of(bob)}
    assert members("never-bought") == set()
    assert len(journal(stored("dormant"))) == 2


# Broken, not wrong.


@pytest.mark.usefixtures("segments")
def test_a_column_that_vanished_breaks_its_segment_which_keeps_its_members(alice, bob, use_source, caplog):
    place_order("B3", bob, 1, coupon_code="SPRING")
    use_source(WithoutCoupons)
    told = journal(stored("coupons"))

    report = refresh(now=LATER)
    problem = "/rules/0/where/rules/0/field: orders has no column coupon_code"
    assert report.segments[0] == SegmentReport("coupons", 0, 0, 1, problem)
    broken = stored("coupons")
    assert (broken.state, broken.problem, broken.size, broken.refreshed_at) == ("broken", problem, 1, NOW)
    assert (members("coupons"), journal(broken)) == (keys_of(alice), told)
    assert f"segment coupons is broken and keeps its members: {problem}" in caplog.text
    assert key_of(bob) in members("loyal")  # the others are answered


@pytest.mark.usefixtures("segments")
def test_a_broken_segment_recovers_when_the_column_is_back(alice, bob, use_source):
    use_source(WithoutCoupons)
    refresh(now=NOW)
    place_order("B3", bob, 1, coupon_code="SPRING")
    assert refresh(["coupons"], now=NOW).segments[0].problem

    use_source(DemoSource)
    refresh(now=LATER)
    mended = stored("coupons")
    assert (mended.state, mended.problem, mended.size, mended.refreshed_at) == ("live", "", 2, LATER)
    assert members("coupons") == keys_of(alice, bob)
    assert journal(mended)[-1] == (key_of(bob), True, LATER, "refresh", 1)


@pytest.mark.usefixtures("segments")
def test_a_definition_that_cannot_be_read_breaks_its_segment(alice):
    Segment.objects.filter(slug="loyal").update(definition={"version": 2, "semantics": 1, "combinator": "and", "rules": []})

    assert [one.problem != "" for one in refresh(now=LATER).segments] == [False, False, True, False]
    assert stored("loyal").state == "broken"
    assert members("loyal") == keys_of(alice)


@pytest.mark.usefixtures("segments")
def test_another_base_currency_breaks_segments(configure):
    configure(BASE_CURRENCY="USD")

    report = refresh(now=LATER)
    assert {one.problem for one in report.segments} == {"/base_currency: the rule counts in GBP, the shop in USD"}
    assert Membership.objects.count() == 4


@pytest.mark.usefixtures("segments")
def test_a_broken_segment_that_was_changed_meanwhile_is_judged_by_the_next_refresh(use_source, meanwhile):
    use_source(WithoutCoupons)
    meanwhile(lambda: change(stored("coupons"), sound("orders.count() >= 1"), now=NOW))

    refresh(now=LATER)
    assert (stored("coupons").state, stored("coupons").version) == ("live", 2)


# While a refresh is under way.


@pytest.mark.usefixtures("segments")
def test_a_live_answer_is_not_undone(alice, bob, carol, meanwhile):
    def happens():
        place_order("C1", carol, placed_at=LATER)
        Order.objects.filter(number="A1").update(status=Order.Status.CANCELLED)
        evaluate_live([profile_of(carol).pk, profile_of(alice).pk], now=LATER)

    place_order("B3", bob, 1)
    meanwhile(happens)

    refresh(now=LATER)
    assert members("never-bought") == set()
    assert members("loyal") == keys_of(bob)
    assert [(entered, cause) for key, entered, _, cause, _ in journal(stored("never-bought")) if key == key_of(carol)] == [
        (True, "first_fill"),
        (False, "change"),
    ]
    assert dict(Segment.objects.values_list("slug", "size")) == {"coupons": 0, "dormant": 0, "loyal": 1, "never-bought": 0}


@pytest.mark.usefixtures("segments")
def test_somebody_who_came_meanwhile_stays(meanwhile):
    def happens():
        eve = User.objects.create_user("eve@shop.test")
        evaluate_live(sync_few([eve.pk], [], now=LATER), now=LATER)

    meanwhile(happens)
    refresh(now=LATER)
    assert key_of(User.objects.get(email="eve@shop.test")) in members("never-bought")
    assert stored("never-bought").size == 2


@pytest.mark.usefixtures("segments")
def test_a_first_fill_forgets_nobody_who_was_evaluated_meanwhile(alice, bob, carol, meanwhile):
    define("buyers", "orders.count() >= 1", now=NOW)

    def happens():
        place_order("C1", carol, placed_at=LATER)
        eve = User.objects.create_user("eve@shop.test")
        place_order("E1", eve, 1)
        ids = sync_few([eve.pk, carol.pk, alice.pk], [], now=LATER)
        evaluate_live(ids, now=LATER)

    meanwhile(happens)
    refresh(now=LATER)
    eve = User.objects.get(email="eve@shop.test")
    assert members("buyers") == keys_of(alice, bob, carol, eve, "dan@guest.test")
    assert {key: cause for key, _, _, cause, _ in journal(stored("buyers"))} == {
        **dict.fromkeys(keys_of(alice, carol, eve), "change"),
        **dict.fromkeys(keys_of(bob, "dan@guest.test"), "first_fill"),
    }
    assert len(journal(stored("buyers"))) == stored("buyers").size == 5


@pytest.mark.usefixtures("segments")
def test_a_segment_that_recovers_forgets_nobody_who_was_evaluated_meanwhile(bob, use_source, meanwhile):
    use_source(WithoutCoupons)
    refresh(now=NOW)
    use_source(DemoSource)

    def happens():
        place_order("B3", bob, 1, coupon_code="SPRING")
        evaluate_live([profile_of(bob).pk], now=LATER)

    meanwhile(happens)
    refresh(now=LATER)
    assert key_of(bob) in members("coupons")


@pytest.mark.usefixtures("segments")
def test_a_segment_that_is_archived_meanwhile_stays_so(bob, meanwhile, django_capture_on_commit_callbacks):
    def archive():
        segment = stored("loyal")
        segment.state = Segment.State.ARCHIVED
        with django_capture_on_commit_callbacks(execute=True):
            change(segment, sound("orders.count() >= 3"), now=NOW)

    place_order("B3", bob, 1)
    meanwhile(archive)
    refresh(now=LATER)
    assert (stored("loyal").state, members("loyal")) == ("archived", set())
    assert (stored("loyal").size, stored("loyal").refreshed_at) == (None, None)


@pytest.mark.usefixtures("segments")
def test_a_segment_that_is_deleted_meanwhile_stays_so(bob, meanwhile):
    place_order("B3", bob, 1)
    meanwhile(lambda: stored("loyal").delete())

    report = refresh(now=LATER)
    assert [one.slug for one in report.segments] == ["coupons", "dormant", "loyal", "never-bought"]
    assert not Segment.objects.filter(slug="loyal").exists()
    assert members("dormant") == set()


@pytest.mark.usefixtures("segments")
def test_a_segment_that_is_changed_meanwhile_is_answered_by_the_next_refresh(alice, bob, dan, meanwhile):
    place_order("B3", bob, 1)
    meanwhile(lambda: change(stored("loyal"), sound("orders.count() >= 1"), now=NOW))

    report = refresh(now=LATER)
    assert report.segments[2] == SegmentReport("loyal", 0, 0, 1)  # the answer is to a question that nobody asks any more
    assert members("loyal") == keys_of(alice)
    loyal = stored("loyal")
    assert (loyal.version, loyal.refreshed_version, loyal.refreshed_at, loyal.size) == (2, 1, NOW, 1)
    assert members("dormant") == set()  # the others are answered
    refresh(now=LATER)
    assert stored("loyal").refreshed_version == 2
    assert members("loyal") == keys_of(alice, bob, dan)
    assert journal(stored("loyal"))[-1][3:] == ("definition", 2)


@pytest.mark.usefixtures("segments")
def test_who_is_gone_leaves_a_segment_that_is_changed_meanwhile(alice, meanwhile):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    meanwhile(lambda: change(stored("loyal"), sound("orders.count() >= 2"), now=NOW))

    refresh(now=LATER)
    assert members("loyal") == set()
    assert journal(stored("loyal"))[-1] == (key_of(alice), False, LATER, "gone", 1)


@pytest.mark.usefixtures("segments")
def test_who_is_marked_gone_meanwhile_does_not_enter(alice, bob, carol, meanwhile):
    place_order("B3", bob, 1)
    override(stored("loyal"), profile_of(carol), included=True, now=NOW)
    Membership.objects.filter(profile=profile_of(carol), segment__slug="loyal").delete()
    keys = keys_of(bob, carol)
    meanwhile(lambda: Profile.objects.filter(key__in=keys).update(gone_at=LATER))

    refresh(now=LATER)
    assert members("loyal") == keys_of(alice)
    assert members("dormant") == set()  # who is gone leaves


@pytest.mark.usefixtures("segments")
def test_a_segment_that_recovers_answers_for_what_happened_since_the_refresh_began(bob, use_source, meanwhile):
    use_source(WithoutCoupons)
    refresh(now=NOW)
    use_source(DemoSource)

    def happens():
        place_order("B3", bob, coupon_code="SPRING", placed_at=LATER)
        evaluate_live([profile_of(bob).pk], now=LATER)

    meanwhile(happens)
    refresh(now=LATER)
    assert key_of(bob) in members("coupons")
    assert stored("coupons").size == 2


@pytest.mark.usefixtures("segments")
def test_who_was_asked_about_one_segment_meanwhile_is_answered_for_all(alice, meanwhile):
    """An owner's word makes somebody evaluated for the segments that use it, and the refresh leaves her alone."""
    define("recent", "orders.count(last 90 days) >= 1", now=NOW)
    refresh(now=NOW)
    assert key_of(alice) in members("recent")
    much_later = NOW + timedelta(days=200)
    meanwhile(lambda: evaluate_live([profile_of(alice).pk], now=much_later, segments=[stored("loyal")]))

    refresh(now=much_later)
    assert key_of(alice) not in members("recent")
    assert journal(stored("recent"))[-1][3] == "refresh"


@pytest.mark.usefixtures("segments")
def test_what_waited_while_a_refresh_passed_is_answered_as_of_it(alice):
    define("recent", "orders.count(last 90 days) >= 1", now=NOW)
    refresh(now=NOW)
    refresh(now=NOW + timedelta(days=200))
    evaluate_live([profile_of(alice).pk], now=NOW + timedelta(days=1))

    assert key_of(alice) not in members("recent")
    moments = [at for key, _, at, *_ in journal(stored("recent")) if key == key_of(alice)]
    assert moments == sorted(moments)


@pytest.mark.usefixtures("segments")
@pytest.mark.parametrize("state", [Segment.State.ARCHIVED, Segment.State.DRAFT])
def test_an_emptying_that_was_cut_short_is_finished(alice, state):
    loyal = stored("loyal")
    loyal.state = state
    change(loyal, sound("orders.count() >= 3"), now=NOW)  # and the worker dies after the commit
    assert members("loyal") == keys_of(alice)

    refresh(["dormant"], now=LATER)
    assert members("loyal") == set()
    assert journal(loyal)[-1] == (key_of(alice), False, LATER, "definition", 1)
    loyal.refresh_from_db()
    assert (loyal.state, loyal.size, loyal.refreshed_at, loyal.refreshed_version) == (state, None, None, None)


@pytest.mark.usefixtures("segments")
def test_who_goes_meanwhile_does_not_come_back(alice, meanwhile):
    def goes():
        User.objects.filter(pk=alice.pk).update(is_active=False)
        evaluate_live(sync_few([alice.pk], [], now=LATER), now=LATER)

    meanwhile(goes)
    refresh(now=LATER)
    assert members("loyal") == set()


# What is told.


@pytest.mark.usefixtures("segments")
def test_signals_after_commit(alice, bob, ear, django_capture_on_commit_callbacks):
    place_order("B3", bob, 1)
    User.objects.filter(pk=alice.pk).update(is_active=False)

    with django_capture_on_commit_callbacks(execute=True):
        report = refresh(now=LATER)
    a, b = profile_of(alice).pk, profile_of(bob).pk
    assert sorted(ear.moves()) == [
        ("entered", "loyal", [b], "refresh"),
        ("left", "coupons", [a], "gone"),
        ("left", "dormant", [b], "refresh"),
        ("left", "loyal", [a], "gone"),
    ]
    assert ("refreshed", {"sender": Segment, "report": report}) in ear.told


@pytest.mark.usefixtures("segments")
def test_a_receiver_that_raises_harms_no_refresh(bob, caplog, django_capture_on_commit_callbacks):
    def careless(**said):
        raise RuntimeError("out of paper")

    place_order("B3", bob, 1)
    for signal in (segment_entered, segments_refreshed):
        signal.connect(careless)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            refresh(now=LATER)
    finally:
        for signal in (segment_entered, segments_refreshed):
            signal.disconnect(careless)
    assert key_of(bob) in members("loyal")
    assert caplog.text.count("out of paper") >= 2


@pytest.mark.usefixtures("segments")
def test_progress_is_told_segment_by_segment():
    told: list[tuple[int, int]] = []

    refresh(now=LATER, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
