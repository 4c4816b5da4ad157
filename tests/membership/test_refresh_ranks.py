"""Ranks over several days. Ten people have spent 10 to 100, each what her number says, long ago."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from segmentation.membership import define, evaluate_live, override, refresh
from segmentation.membership.define import change, sound
from segmentation.models import Membership, RankCutoff, Segment
from shopdemo.shop.models import Order, User
from tests.cast import ago, journal, key_of, place_order, profile_of

pytestmark = pytest.mark.django_db


def day(number: int, hour: int = 12) -> datetime:
    """An hour (UTC) of a day of June 2026; London is an hour ahead."""
    return datetime(2026, 6, number, hour, tzinfo=UTC)


@pytest.fixture
def people(db) -> dict[int, User]:
    users = User.objects.bulk_create(User(email=f"u{number}@shop.test") for number in range(1, 11))
    Order.objects.bulk_create(
        Order(number=f"{number}", user=user, total=10 * number, placed_at=ago(400)) for number, user in enumerate(users, 1)
    )
    return dict(enumerate(users, 1))


def spend(user: User, total: str, at: datetime) -> Order:
    """An order more."""
    return place_order(f"{user.pk}-{Order.objects.count()}", user, total=total, placed_at=at)


def numbers(slug: str) -> list[int]:
    """Who is in."""
    emails = User.objects.filter(
        pk__in=[int(one) for one in Membership.objects.filter(segment__slug=slug).values_list("profile__customer_id", flat=True)]
    ).values_list("email", flat=True)
    return sorted(int(email.removeprefix("u").partition("@")[0]) for email in emails)


def cut_offs() -> list[tuple[date, int, str, str]]:
    """(day, people ranked, cut-off, that of those who stay)."""
    return list(RankCutoff.objects.order_by("day", "pk").values_list("day", "population", "limit", "leave_at"))


# Cut-offs


def test_a_cut_off_is_kept_once_a_day(people):
    define("best", "top 2 by orders.sum(total)", now=day(1))
    for hour in (8, 12, 22):
        refresh(now=day(1, hour))
    assert cut_offs() == [(date(2026, 6, 1), 10, "9000/1", "")]
    assert numbers("best") == [9, 10]

    refresh(now=day(1, 23))  # midnight in London
    assert [when.day for when, *_ in cut_offs()] == [1, 2]


def test_a_day_keeps_its_cut_off_whatever_becomes_known(people):
    define("best", "top 2 by orders.sum(total)", now=day(1))
    refresh(now=day(1))
    spend(people[1], "500.00", ago(30))  # entered late

    refresh(now=day(1, 14))
    assert numbers("best") == [1, 9, 10]
    refresh(now=day(2))
    assert numbers("best") == [1, 10]
    assert [limit for _, _, limit, _ in cut_offs()] == ["9000/1", "10000/1"]


def test_what_happens_today_is_measured_and_does_not_move_the_cut_off(people):
    spend(people[3], "70.00", day(1, 9))
    spend(people[4], "49.99", day(1, 9))

    define("best", "top 2 by orders.sum(total)", now=day(1))
    refresh(now=day(1))
    assert numbers("best") == [3, 9, 10]
    assert cut_offs() == [(date(2026, 6, 1), 10, "9000/1", "")]


def test_ties_at_the_cut_off_are_all_in(people):
    for number in (7, 8):
        spend(people[number], str(90 - 10 * number), ago(30))

    define("best", "top 2 by orders.sum(total)", now=day(1))
    refresh(now=day(1))
    assert numbers("best") == [7, 8, 9, 10]


def test_with_fewer_people_than_places_everybody_is_in_who_has_rows(people):
    User.objects.create_user("u0@shop.test")

    define("all", "top 500 by orders.sum(total)", now=day(1))
    define("last", "bottom 1 by orders.count()", now=day(1))
    refresh(now=day(1))
    assert numbers("all") == numbers("last") == list(range(1, 11))
    assert {limit for _, _, limit, _ in cut_offs()} == {"", "1/1"}


def test_nobody_is_ranked_where_nobody_has_rows(db):
    user = User.objects.create_user("u1@shop.test")
    define("best", "top 50 percent by orders.sum(total, last 7 days)", now=day(1))
    refresh(now=day(1))
    assert (numbers("best"), cut_offs()) == ([], [(date(2026, 6, 1), 0, "", "")])

    spend(user, "5.00", day(1, 13))
    refresh(now=day(1, 14))
    assert numbers("best") == []
    refresh(now=day(2))
    assert numbers("best") == [1]


def test_averages_are_cut_off_exactly(people):
    for number, totals in ((1, ("20.00", "20.02")), (2, ("20.00", "10.00"))):
        for total in totals:
            spend(people[number], total, ago(20))
    define("best", "top 9 by orders.avg(total)", now=day(1))

    refresh(now=day(1))
    assert cut_offs() == [(date(2026, 6, 1), 10, "5002/3", "")]
    assert numbers("best") == [1, 3, 4, 5, 6, 7, 8, 9, 10]


def test_segments_with_the_same_ranking_share_its_cut_off(people):
    define("best", "top 20 percent by orders.sum(total)", now=day(1))
    define("best-and-near", "top 20.0 percent by orders.sum(total) and orders.count() = 1", now=day(1))
    define("others", "not (top 20 percent by orders.sum(total))", now=day(1))

    refresh(now=day(1))
    assert cut_offs() == [(date(2026, 6, 1), 10, "9000/1", "")]
    assert numbers("best") == numbers("best-and-near") == [9, 10]
    assert numbers("others") == list(range(1, 9))


def test_only_what_is_asked_is_cut_off(people):
    define("best", "top 2 by orders.sum(total)", now=day(1))
    define("worst", "bottom 2 by orders.sum(total)", now=day(1))

    refresh(["worst"], now=day(1))
    assert (numbers("worst"), [limit for _, _, limit, _ in cut_offs()]) == ([1, 2], ["2000/1"])


# Who stays longer


def test_who_is_in_stays_until_the_wider_cut_off_is_passed(people):
    define("best", "top 2 by orders.sum(total) leave at 4", now=day(1))
    refresh(now=day(1))
    assert numbers("best") == [9, 10]

    spend(people[8], "30.00", day(1, 15))  # 110: first
    spend(people[7], "25.00", day(1, 15))  # 95: third
    refresh(now=day(2))
    assert cut_offs()[-1] == (date(2026, 6, 2), 10, "10000/1", "9000/1")
    assert numbers("best") == [8, 9, 10]  # the ninth is fourth, the seventh was never in

    spend(people[6], "35.00", day(2, 15))  # 95: ties with the third
    refresh(now=day(3))
    assert cut_offs()[-1] == (date(2026, 6, 3), 10, "10000/1", "9500/1")
    assert numbers("best") == [8, 10]

    Order.objects.filter(user=people[10]).update(status=Order.Status.CANCELLED)
    refresh(now=day(4))
    assert cut_offs()[-1] == (date(2026, 6, 4), 9, "9500/1", "9000/1")
    assert numbers("best") == [6, 7, 8]
    segment = Segment.objects.get()
    assert [(entered, at.day) for key, entered, at, _, _ in journal(segment) if key == key_of(people[9])] == [
        (True, 1),
        (False, 3),
    ]


def test_who_left_comes_back_by_the_narrow_cut_off_alone(people):
    define("best", "top 2 by orders.sum(total) leave at 3", now=day(1))
    refresh(now=day(1))
    for number in (7, 8):
        spend(people[number], "40.00", day(1, 15))  # 110, 120
    refresh(now=day(2))
    assert numbers("best") == [7, 8, 10]

    spend(people[9], "15.00", day(2, 15))  # 105: third again, and out
    refresh(now=day(3))
    assert numbers("best") == [7, 8]


def test_percentages_keep_their_members_too(people):
    define("best", "top 10 percent by orders.sum(total) leave at 25 percent", now=day(1))
    refresh(now=day(1))
    spend(people[1], "200.00", day(1, 15))
    spend(people[2], "200.00", day(1, 15))

    refresh(now=day(2))
    assert cut_offs()[-1] == (date(2026, 6, 2), 10, "22000/1", "10000/1")
    assert numbers("best") == [2, 10]


def test_the_least_are_kept_from_the_other_end(people):
    define("least", "bottom 1 by orders.sum(total) leave at 2", now=day(1))
    refresh(now=day(1))
    spend(people[1], "15.00", day(1, 15))  # 25: second of the least
    refresh(now=day(2))
    assert numbers("least") == [1, 2]

    spend(people[1], "6.00", day(2, 15))  # 31: third
    refresh(now=day(3))
    assert numbers("least") == [2]


def test_who_is_in_stays_at_least_so_long(people):
    define("best", "top 1 by orders.sum(total) stay 3 days", now=day(1))
    refresh(now=day(1, 20))
    spend(people[9], "30.00", day(1, 21))

    for number, hour in ((2, 12), (3, 12), (3, 22)):
        refresh(now=day(number, hour))
        assert numbers("best") == [9, 10]
    refresh(now=day(3, 23))  # midnight in London, where three days are over
    assert numbers("best") == [9]


def test_so_long_whatever_the_value(people):
    define("best", "top 1 by orders.sum(total) stay 36 hours", now=day(1))
    refresh(now=day(1))
    Order.objects.filter(user=people[10]).update(status=Order.Status.CANCELLED)

    refresh(now=day(2, 23))
    assert numbers("best") == [9, 10]
    refresh(now=day(3, 0))
    assert numbers("best") == [9]


def test_both_together_keep_whom_either_keeps(people):
    define("best", "top 1 by orders.sum(total) leave at 2 stay 2 days", now=day(1))
    refresh(now=day(1))
    spend(people[9], "30.00", day(1, 15))
    refresh(now=day(4))
    assert numbers("best") == [9, 10]  # second

    spend(people[8], "100.00", day(4, 15))
    refresh(now=day(5))
    assert numbers("best") == [8, 9]  # the tenth is third, and long in


def test_members_by_the_owners_word_are_kept_as_others_are(people):
    define("best", "top 2 by orders.sum(total) leave at 4", now=day(1))
    refresh(now=day(1))
    segment = Segment.objects.get()
    for number in (6, 7):
        override(segment, profile_of(people[number]), included=True, now=day(1, 13))
    refresh(now=day(2))
    assert numbers("best") == [6, 7, 9, 10]

    segment.overrides.all().delete()
    refresh(now=day(3))
    assert numbers("best") == [7, 9, 10]


def test_another_definition_keeps_the_members_it_finds(people):
    define("best", "top 4 by orders.sum(total)", now=day(1))
    refresh(now=day(1))
    segment = Segment.objects.get()

    change(segment, sound("top 1 by orders.sum(total) leave at 3", "best"), now=day(1, 13))
    refresh(now=day(1, 14))
    assert numbers("best") == [8, 9, 10]


def test_a_first_fill_keeps_nobody(people):
    define("best", "top 1 by orders.sum(total) leave at 5 stay 30 days", now=day(1))

    refresh(now=day(1))
    assert numbers("best") == [10]


# Live


def live(*users: User, now: datetime) -> None:
    evaluate_live([profile_of(user).pk for user in users], now=now)


def test_live_answers_use_the_cut_off_of_the_day(people):
    define("best", "top 2 by orders.sum(total) leave at 3", now=day(1))
    refresh(now=day(1))
    spend(people[5], "40.00", day(1, 13))
    spend(people[6], "29.99", day(1, 13))
    Order.objects.filter(user=people[9]).update(total=80)
    Order.objects.filter(user=people[10]).update(total="79.99")

    live(people[5], people[6], people[9], people[10], now=day(1, 14))
    assert numbers("best") == [5, 9]
    assert len(cut_offs()) == 1


def test_live_answers_leave_a_rank_alone_that_is_not_cut_off_yet(people):
    define("best", "top 2 by orders.sum(total)", now=day(1))
    define("rest", 'not in segment "best"', now=day(1))
    define("big", "orders.sum(total) >= 90", now=day(1))
    refresh(now=day(1))
    spend(people[5], "45.00", day(1, 22))

    live(people[5], now=day(1, 23))  # midnight in London
    assert numbers("best") == [9, 10]
    assert 5 in numbers("rest")
    assert numbers("big") == [5, 9, 10]
    assert len(cut_offs()) == 1

    refresh(now=day(2))
    assert (numbers("best"), 5 in numbers("rest")) == ([5, 10], False)
    live(people[5], now=day(2, 13))
    assert numbers("best") == [5, 10]


def test_a_new_rank_waits_for_its_first_refresh(people):
    define("rest", "orders.count() >= 1", now=day(1))
    refresh(now=day(1))
    define("best", "top 2 by orders.sum(total)", now=day(1))

    live(people[10], now=day(1, 13))
    assert numbers("best") == []


def test_who_is_evaluated_while_the_first_refresh_of_a_day_is_at_work_is_not_forgotten(people, meanwhile):
    define("best", "top 2 by orders.sum(total)", now=day(1))
    define("a-rest", 'not in segment "best"', now=day(1))
    refresh(now=day(1))

    def buy() -> None:
        spend(people[5], "45.00", day(2))
        live(people[5], now=day(2))

    meanwhile(buy)
    refresh(now=day(2))
    assert numbers("best") == [5, 9, 10]
    assert 5 not in numbers("a-rest")
    assert Membership.objects.filter(segment__slug="best").latest("pk").profile == profile_of(people[5])


def test_a_word_on_a_rank_reaches_who_refers_to_it_before_the_day_is_cut_off(people):
    define("best", "top 2 by orders.sum(total)", now=day(1))
    define("rest", 'not in segment "best"', now=day(1))
    refresh(now=day(1))

    override(Segment.objects.get(slug="best"), profile_of(people[3]), included=True, now=day(2, 1))
    assert numbers("best") == [3, 9, 10]
    assert numbers("rest") == [1, 2, 4, 5, 6, 7, 8]


def test_cut_offs_are_forgotten_after_forty_days(people):
    define("best", "top 2 by orders.sum(total)", now=day(1))
    refresh(now=day(1))
    refresh(now=day(1) + timedelta(days=40))
    assert len(cut_offs()) == 2

    refresh(now=day(1) + timedelta(days=41))
    assert [when for when, *_ in cut_offs()] == [date(2026, 7, 11), date(2026, 7, 12)]
