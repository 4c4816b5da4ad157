from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.errors import SourceError
from segmentation.membership import define, evaluate_live, override, refresh
from segmentation.membership.live import BATCH
from segmentation.models import JournalEntry, Membership, Profile, Segment
from shopdemo.shop.models import Order, User
from shopdemo.source import DemoSource
from tests.cast import NOW, ago, give_refund, journal, key_of, keys_of, members, place_order, profile_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)


class Torn(DemoSource):
    orders = DemoSource.orders.replace(order_id=lambda order: 1 // 0)


@pytest.fixture
def segments(cast):
    """Filled. Loyal is Alice; dormant is Bob; never bought is Carol."""
    for slug, rule in (
        ("loyal", "orders.count() >= 3"),
        ("dormant", "orders.count() >= 1 and orders.count(last 180 days) = 0"),
        ("never-bought", "orders.count() = 0"),
        ("big", "spend.sum(amount) >= 100"),
    ):
        define(slug, rule, now=NOW)
    refresh(now=NOW)


def evaluate(*people, now=LATER, **options):
    evaluate_live([profile_of(one).pk for one in people], now=now, **options)


@pytest.mark.usefixtures("segments")
def test_an_order_changes_its_customers_segments_alone(alice, bob, carol, dan):
    place_order("C1", carol, total="5.00", placed_at=LATER)
    place_order("D2", dan, 1)
    place_order("D3", dan, 1)

    evaluate(carol)
    assert members("never-bought") == set()
    assert members("loyal") == keys_of(alice)  # nobody asked about Dan
    assert journal(Segment.objects.get(slug="never-bought"))[-1] == (key_of(carol), False, LATER, "change", 1)


@pytest.mark.usefixtures("segments")
def test_only_differences_are_written(alice, bob, writes):
    place_order("B3", bob, placed_at=LATER)
    before = set(Membership.objects.values_list("pk", "since"))

    with writes() as written:
        evaluate(alice, bob)
    assert sorted(written.moved) == ["DELETE membership", "INSERT journalentry", "INSERT journalentry", "INSERT membership"]
    assert members("loyal") == keys_of(alice, bob)
    assert members("dormant") == set()
    assert {since for _, since in before} == {NOW}
    assert len(before & set(Membership.objects.values_list("pk", "since"))) == len(before) - 1

    with writes() as written:
        evaluate(alice, bob)
    assert written.moved == []


@pytest.mark.usefixtures("segments")
def test_the_revision_grows_with_each_evaluation(alice, bob):
    for expected in (1, 2):
        evaluate(alice)
        assert (profile_of(alice).revision, profile_of(bob).revision) == (expected, 0)


@pytest.mark.usefixtures("segments")
def test_sizes_are_kept(carol, dan):
    place_order("C1", carol, 1, "500.00")

    evaluate(carol)
    assert dict(Segment.objects.values_list("slug", "size")) == {"loyal": 1, "dormant": 1, "never-bought": 0, "big": 3}


@pytest.mark.usefixtures("segments")
def test_guests_refunds_and_cancellations(alice, dan):
    place_order("D2", " DAN@guest.test", 1, "100.00")
    give_refund("R1", alice, 1, "100.00")
    Order.objects.filter(number="A1").update(status=Order.Status.CANCELLED)

    evaluate(alice, dan)
    assert key_of(dan) in members("big")
    assert key_of(alice) not in members("big") | members("loyal")


@pytest.mark.usefixtures("segments")
def test_an_order_that_is_still_to_come_does_not_count(carol):
    place_order("C1", carol, placed_at=LATER + timedelta(seconds=1))

    evaluate(carol)
    assert members("never-bought") == keys_of(carol)
    evaluate(carol, now=LATER + timedelta(seconds=1))
    assert members("never-bought") == set()


@pytest.mark.usefixtures("segments")
def test_who_is_gone_leaves_everything(alice):
    profile = profile_of(alice)
    Profile.objects.filter(pk=profile.pk).update(gone_at=NOW)

    evaluate(alice)
    assert not Membership.objects.filter(profile=profile).exists()
    left = JournalEntry.objects.filter(profile=profile, entered=False).order_by("segment__slug")
    assert list(left.values_list("segment__slug", "cause", "at")) == [("big", "gone", LATER), ("loyal", "gone", LATER)]


@pytest.mark.usefixtures("segments")
def test_the_owners_word_stands(alice, bob):
    override(Segment.objects.get(slug="loyal"), profile_of(bob), included=True, now=NOW)
    override(Segment.objects.get(slug="loyal"), profile_of(alice), included=False, now=NOW)

    evaluate(alice, bob)
    assert members("loyal") == keys_of(bob)


@pytest.mark.usefixtures("segments")
def test_a_segment_that_was_never_filled_is_answered_too(alice, bob, carol):
    fresh = define("fresh", "orders.count() >= 1", now=NOW)

    evaluate(alice, carol)
    assert members("fresh") == keys_of(alice)
    assert journal(fresh) == [(key_of(alice), True, LATER, "change", 1)]
    fresh.refresh_from_db()
    assert (fresh.size, fresh.refreshed_at, fresh.refreshed_version) == (None, None, None)

    refresh(["fresh"], now=LATER)
    fresh.refresh_from_db()
    assert fresh.size == 3
    assert {(key, cause) for key, _, _, cause, _ in journal(fresh)} == {
        (key_of(alice), "change"),
        (key_of(bob), "first_fill"),
        (key_of("dan@guest.test"), "first_fill"),
    }


@pytest.mark.usefixtures("segments")
@pytest.mark.parametrize("state", [Segment.State.BROKEN, Segment.State.ARCHIVED, Segment.State.DRAFT])
def test_a_segment_that_is_not_live_is_left_as_it_is(carol, state):
    Segment.objects.filter(slug="never-bought").update(state=state)
    place_order("C1", carol, 1)

    evaluate(carol)
    assert members("never-bought") == keys_of(carol)


@pytest.mark.usefixtures("segments")
def test_a_rule_that_cannot_be_asked_leaves_its_members_and_answers_the_others(alice, carol, use_source):
    define("british", 'customer.country = "GB"', now=NOW)
    refresh(now=NOW)
    use_source(WithoutCountry)
    place_order("C1", carol, 1)

    evaluate(alice, carol)
    assert members("british") == keys_of(alice)
    assert members("never-bought") == set()
    assert Segment.objects.get(slug="british").state == "live"  # a refresh says that it is broken


class WithoutCountry(DemoSource):
    customers = DemoSource.customers.replace(country=None)


@pytest.mark.usefixtures("segments")
def test_a_shop_that_cannot_be_read_changes_nothing(carol, use_source):
    place_order("C1", carol, 1)
    use_source(Torn)

    with pytest.raises(SourceError, match=r"orders\.order_id failed"):
        evaluate(carol)
    assert members("never-bought") == keys_of(carol)
    assert profile_of(carol).revision == 0


@pytest.mark.usefixtures("segments")
def test_a_few_are_never_read_from_the_alias_for_bulk_reads(carol, configure):
    place_order("C1", carol, 1)
    configure(SOURCE_ALIAS="replica")

    evaluate(carol)
    assert members("never-bought") == set()
    with pytest.raises(SourceError, match="ConnectionDoesNotExist"):
        refresh(now=LATER)


class Replica:
    """Reads of the shop go to a database that is not there."""

    def db_for_read(self, model, **hints):
        return "replica" if model._meta.app_label == "shop" else None


@pytest.mark.usefixtures("segments")
def test_a_few_are_read_where_the_shop_writes(carol, dan, settings):
    place_order("C1", carol, 1)
    give_refund("R1", dan, 1)
    define("british", 'customer.country = "GB" or order_lines.count() > 0', now=NOW)
    settings.DATABASE_ROUTERS = [f"{__name__}.Replica"]

    evaluate(carol, dan)
    assert members("never-bought") == set()


@pytest.mark.usefixtures("segments")
def test_only_the_segments_that_were_named(carol):
    place_order("C1", carol, 1, "200.00")

    evaluate(carol, segments=[Segment.objects.get(slug="big")])
    assert members("never-bought") == keys_of(carol)
    assert key_of(carol) in members("big")


@pytest.mark.usefixtures("segments")
def test_signals_after_commit(carol, ear, django_capture_on_commit_callbacks):
    place_order("C1", carol, 1, "200.00")

    with django_capture_on_commit_callbacks(execute=True):
        evaluate(carol)
    pk = profile_of(carol).pk
    assert sorted(ear.moves()) == [("entered", "big", [pk], "change"), ("left", "never-bought", [pk], "change")]


@pytest.mark.usefixtures("segments")
def test_nobody_is_answered_by_asking_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        evaluate_live([], now=LATER)


@pytest.mark.usefixtures("segments")
def test_who_is_unknown_is_no_trouble(alice):
    evaluate_live([profile_of(alice).pk, 999_999], now=LATER)

    assert members("loyal") == keys_of(alice)


@pytest.mark.usefixtures("segments")
def test_another_shops_profiles_are_not_touched(alice, configure):
    configure(SHOP="second")

    evaluate(alice)
    assert profile_of(alice).revision == 0
    assert members("loyal") == keys_of(alice)


@pytest.mark.usefixtures("segments")
def test_the_number_of_queries_depends_on_neither_rows_nor_segments(alice, bob, django_assert_num_queries):
    both = [profile_of(alice).pk, profile_of(bob).pk]
    # A savepoint and its release; people locked and counted on; segments, memberships, words; orders and refunds.
    with django_assert_num_queries(9):
        evaluate_live(both, now=LATER)

    for number in range(10):
        define(f"more-{number}", f"orders.count() >= {number + 100}", now=NOW)
        place_order(f"B{number + 10}", bob, 190)
    refresh(now=LATER)
    with django_assert_num_queries(9):
        evaluate_live(both, now=LATER)


@pytest.fixture
def referring(segments):
    """Filled. Guests are Dan; friends are all but Carol; fresh is nobody, since all entered together, long enough ago."""
    define("friends", 'not in segment "never-bought"', now=NOW)
    define("guests", 'in segment "friends" and not in segment "loyal" and not in segment "dormant"', now=NOW)
    define("fresh", 'in segment "loyal" entered last 30 minutes', now=NOW)
    refresh(now=NOW)
    refresh(now=NOW + timedelta(hours=1))


@pytest.mark.usefixtures("referring")
def test_segments_inside_segments_follow_at_once(alice, bob, carol, dan):
    moment = NOW + timedelta(hours=2)
    place_order("C1", carol, placed_at=moment)
    place_order("B3", bob, placed_at=moment)
    assert (members("guests"), members("fresh")) == (keys_of(dan), set())

    evaluate(bob, carol, now=moment)
    assert members("friends") == keys_of(alice, bob, carol, dan)
    assert members("guests") == keys_of(carol, dan)
    assert (members("loyal"), members("fresh")) == (keys_of(alice, bob), keys_of(bob))
    assert journal(Segment.objects.get(slug="guests"))[-1] == (key_of(carol), True, moment, "change", 1)
    evaluate(bob, now=moment + timedelta(minutes=31))
    assert members("fresh") == set()


@pytest.mark.usefixtures("referring")
def test_of_segments_that_were_not_named_the_stored_members_count(carol):
    place_order("C1", carol, 1)

    evaluate(carol, segments=[Segment.objects.get(slug="friends")])
    assert key_of(carol) not in members("friends")
    evaluate(carol, segments=Segment.objects.filter(slug__in=["friends", "never-bought"]))
    assert key_of(carol) in members("friends")


@pytest.mark.usefixtures("referring")
def test_the_owners_word_on_one_counts_in_the_others(alice, carol):
    override(Segment.objects.get(slug="never-bought"), profile_of(carol), included=False, now=NOW)
    place_order("C1", carol, 1)
    place_order("C2", carol, 1)

    evaluate(carol)
    assert key_of(carol) in members("friends") & members("guests")
    override(Segment.objects.get(slug="never-bought"), profile_of(carol), included=True, now=NOW)
    evaluate(carol)
    assert key_of(carol) not in members("friends") | members("guests")


@pytest.mark.usefixtures("referring")
def test_a_few_queries_more_for_segments_inside_segments(alice, bob, django_assert_num_queries):
    both = [profile_of(alice).pk, profile_of(bob).pk]
    # What segments there are; those referred to, their members, the owner's words on them.
    with django_assert_num_queries(9 + 4):
        evaluate_live(both, now=NOW + timedelta(hours=2))

    for number in range(10):
        define(f"more-{number}", f'in segment "friends" and orders.count() >= {number + 100}', now=NOW)
        define(f"such-{number}", f'not in segment "more-{number}" or orders.count() = 0', now=NOW)
    refresh(now=NOW + timedelta(hours=2))
    with django_assert_num_queries(9 + 4):
        evaluate_live(both, now=NOW + timedelta(hours=2))


def test_many_people_are_evaluated_in_batches(db, django_assert_num_queries):
    users = User.objects.bulk_create(User(email=f"u{number}@shop.test") for number in range(BATCH + 1))
    define("buyers", "orders.count() >= 1", now=NOW)
    refresh(now=NOW)
    Order.objects.bulk_create(Order(number=str(user.pk), user=user, placed_at=ago(1), total=1) for user in users)

    evaluate_live(list(Profile.objects.values_list("pk", flat=True)) * 2, now=LATER)
    assert Membership.objects.count() == BATCH + 1
    assert set(Profile.objects.values_list("revision", flat=True)) == {1}


def test_the_moment_must_be_aware(alice):
    define("buyers", "orders.count() >= 1", now=NOW)
    refresh(now=NOW)

    with pytest.raises(ValueError, match="aware"):
        evaluate(alice, now=NOW.replace(tzinfo=None))
