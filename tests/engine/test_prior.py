from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from segmentation.engine.bind import Others, bind
from segmentation.engine.prior import digest, prior_of, remember_cutoffs, stored_cutoffs
from segmentation.engine.shop import active_shop
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Ranking
from segmentation.kernel.prior import Cutoff, Prior
from segmentation.membership import define, override, refresh
from segmentation.membership.define import change, sound
from segmentation.models import JournalEntry, Membership, RankCutoff
from segmentation.profiles import sync
from segmentation.profiles.scores import declare_score, write_scores
from segmentation.rules import parse
from segmentation.store import people as people_module
from shopdemo.shop.models import User
from tests.cast import NOW, keys_of, profile_of
from tests.engine.people import everyone, moments, only, those, utc

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)
LATER = NOW + timedelta(days=1, microseconds=700)
CREDIT = Ranking("customer.age", True, True, Fraction(10))


def plan_of(*texts, keys=None, states=None):
    """Rules bound together by their number; `keys` has the slugs of those that are segments."""
    others = Others(states or {"buyers": "live", "loyal": "live", "vip": "live"}, keys or {})
    shop = active_shop()
    return bind(dict(enumerate(map(parse, texts))), shop.catalogue, shop.calendar, others)


@pytest.fixture
def filled(cast):
    """Loyal was Alice and Bob, and a day later Alice alone; buyers are Alice, Bob and Dan."""
    define("buyers", "orders.count() >= 1", now=NOW)
    loyal = define("loyal", "orders.count() >= 2", now=NOW)
    define("vip", "orders.count() >= 9", now=NOW)
    refresh(now=NOW)
    loyal.refresh_from_db()
    change(loyal, sound("orders.count() >= 3"), now=NOW)
    refresh(now=LATER)
    return cast


# What is looked up


@pytest.mark.usefixtures("filled")
def test_nothing_is_looked_up_where_nothing_is_asked(django_assert_num_queries):
    plan = plan_of("orders.count() > 1 and customer.age > 5", 'bucket "a" 0 to 5')
    people = everyone()

    with django_assert_num_queries(0):
        found = prior_of(active_shop(), plan, people, NOW)
    assert found == Prior()


def test_who_is_in_and_since_when(filled, django_assert_num_queries):
    plan, people = plan_of('in segment "loyal" and in segment "buyers" for at least 7 days'), everyone()

    with django_assert_num_queries(2):  # segments, memberships
        found = prior_of(active_shop(), plan, people, LATER)
    assert set(found.standings) == {"loyal", "buyers"}
    assert those(people, found.standings["loyal"].member) == keys_of(filled["alice"])
    assert moments(people, found.standings["loyal"].since) == dict.fromkeys(keys_of(filled["alice"]), utc(NOW))
    buyers = keys_of(filled["alice"], filled["bob"], filled["dan"])
    assert those(people, found.standings["buyers"].member) == buyers
    assert moments(people, found.standings["buyers"].since) == dict.fromkeys(buyers, utc(NOW))
    assert moments(people, found.standings["loyal"].left) == {}  # nobody asks how long they are out
    assert (found.overrides, found.cutoffs) == ({}, {})


def test_when_others_last_left(filled, django_assert_num_queries):
    plan, people = plan_of('not in segment "loyal" for at least 7 days and in segment "buyers"'), everyone()

    with django_assert_num_queries(3):  # segments, memberships, exits
        found = prior_of(active_shop(), plan, people, LATER)
    assert moments(people, found.standings["loyal"].left) == dict.fromkeys(keys_of(filled["bob"]), utc(LATER))
    assert moments(people, found.standings["buyers"].left) == {}


def test_the_last_of_many_exits_counts_and_entries_do_not(filled):
    loyal = profile_of(filled["bob"]).journal.filter(segment__slug="loyal").first().segment
    for hours, entered in ((2, True), (5, False), (9, True)):
        JournalEntry.objects.create(
            segment=loyal,
            profile=profile_of(filled["bob"]),
            entered=entered,
            at=LATER + timedelta(hours=hours),
            cause="change",
            version=1,
        )
    people = everyone()

    left = prior_of(active_shop(), plan_of('not in segment "loyal" for at least 1 hour'), people, LATER).standings["loyal"].left
    assert moments(people, left) == dict.fromkeys(keys_of(filled["bob"]), utc(LATER + timedelta(hours=5)))


def test_a_ranking_by_a_score_is_another_when_the_score_was_written():
    by_score = Ranking("score.clv", True, True, Fraction(10))
    declare_score("clv")
    before = [digest(active_shop(), ranking) for ranking in (by_score, CREDIT)]
    write_scores("clv", {}, at=NOW)
    written = [digest(active_shop(), ranking) for ranking in (by_score, CREDIT)]
    write_scores("clv", {}, at=LATER)
    again = [digest(active_shop(), ranking) for ranking in (by_score, CREDIT)]

    assert len({before[0], written[0], again[0]}) == 3
    assert before[1] == written[1] == again[1]
    assert again == [digest(active_shop(), ranking) for ranking in (by_score, CREDIT)]


@pytest.mark.parametrize("few", [1000, 0])
def test_few_are_looked_up_by_name_and_many_picked_out_of_everybody(filled, monkeypatch, django_assert_num_queries, few):
    monkeypatch.setattr(people_module, "FEW", few)
    plan, people = plan_of('not in segment "loyal" for at least 7 days'), only(filled["bob"], filled["carol"])

    with django_assert_num_queries(3) as queries:
        found = prior_of(active_shop(), plan, people, LATER).standings["loyal"]
    assert (those(people, found.member), moments(people, found.since)) == (set(), {})
    assert moments(people, found.left) == dict.fromkeys(keys_of(filled["bob"]), utc(LATER))
    named = [query["sql"] for query in queries if '"profile_id" IN' in query["sql"]]
    assert len(named) == (2 if few else 0)


def test_queries_do_not_grow_with_segments_or_people(filled, django_assert_num_queries):
    for number in range(5):
        define(f"more-{number}", f"orders.count() >= {number}", now=NOW)
    User.objects.bulk_create(User(email=f"u{number}@shop.test") for number in range(30))
    refresh(now=LATER)
    slugs = ["buyers", "loyal", *(f"more-{number}" for number in range(5))]
    text = " and ".join(f'not in segment "{slug}" for at least 7 days' for slug in slugs)
    plan, people = plan_of(text, states=dict.fromkeys(slugs, "live")), everyone()

    with django_assert_num_queries(3):
        found = prior_of(active_shop(), plan, people, LATER)
    assert {slug: int(one.member.sum()) for slug, one in found.standings.items()} == {
        "buyers": 3,
        "loyal": 1,
        "more-0": 34,
        "more-1": 3,
        "more-2": 2,
        "more-3": 1,
        "more-4": 0,
    }


def test_a_segment_without_members_was_filled_and_one_that_is_not_there_was_not(filled):
    found = prior_of(active_shop(), plan_of('in segment "vip"'), everyone(), LATER).standings
    assert not found["vip"].member.any()

    plan = plan_of("top 5 by orders.count() leave at 6", keys={"new": 0})
    assert prior_of(active_shop(), plan, everyone(), LATER).standings == {}


def test_of_another_shops_segments_nothing_is_known(filled, configure):
    plan, people = plan_of('in segment "loyal"'), everyone()
    configure(SHOP="second")

    assert prior_of(active_shop(), plan, people, LATER).standings == {}


def test_nobody_has_no_prior(filled):
    found = prior_of(active_shop(), plan_of('not in segment "loyal" for at least 1 day'), only(), LATER).standings["loyal"]

    assert [len(one) for one in (found.member, found.since, found.left)] == [0, 0, 0]


def test_a_rank_that_keeps_its_members_looks_at_the_segment_it_stands_in(filled, django_assert_num_queries):
    plan, people = (
        plan_of("top 5 by orders.count() leave at 6", "top 5 by orders.sum(total)", keys={"loyal": 0, "vip": 1}),
        everyone(),
    )

    with django_assert_num_queries(3):  # segments, memberships, cut-offs
        found = prior_of(active_shop(), plan, people, LATER)
    assert set(found.standings) == {"loyal"}


def test_the_owners_words_on_segments_that_are_asked_together(filled, django_assert_num_queries):
    loyal, buyers = (profile_of(filled["alice"]).memberships.get(segment__slug=slug).segment for slug in ("loyal", "buyers"))
    override(loyal, profile_of(filled["carol"]), included=True, now=LATER)
    override(loyal, profile_of(filled["alice"]), included=False, now=LATER)
    override(buyers, profile_of(filled["dan"]), included=False, now=LATER)
    plan = plan_of('in segment "loyal" or in segment "buyers"', "orders.count() >= 3", keys={"rich": 0, "loyal": 1})
    people = everyone()

    with django_assert_num_queries(3):  # segments, memberships, words
        found = prior_of(active_shop(), plan, people, LATER).overrides
    assert set(found) == {"loyal"}  # of the other the stored members are asked, who know of the word
    assert those(people, found["loyal"].included) == keys_of(filled["carol"])
    assert those(people, found["loyal"].excluded) == keys_of(filled["alice"])


def test_words_on_others_are_left_out(filled):
    loyal = profile_of(filled["alice"]).memberships.get(segment__slug="loyal").segment
    override(loyal, profile_of(filled["carol"]), included=True, now=LATER)
    plan, people = plan_of('in segment "loyal"', "orders.count() >= 3", keys={"rich": 0, "loyal": 1}), only(filled["bob"])

    assert prior_of(active_shop(), plan, people, LATER).overrides == {}


# Cut-offs


CUTOFFS = {
    CREDIT: Cutoff(40, (12_345, 1)),
    replace(CREDIT, limit=Fraction(20), leave_at=Fraction(30)): Cutoff(40, (1000, 3), (-7, 2)),
    replace(CREDIT, greatest=False): Cutoff(2),
    replace(CREDIT, percent=False): Cutoff(0),
}


def test_cut_offs_are_kept_as_they_are(db, django_assert_num_queries):
    shop = active_shop()

    remember_cutoffs(shop, CUTOFFS, NOW)
    with django_assert_num_queries(1):
        found = stored_cutoffs(shop, CUTOFFS, NOW)
    assert found == CUTOFFS
    row = RankCutoff.objects.get(ranking=digest(shop, CREDIT))
    assert (row.shop, row.day, row.population, row.limit, row.leave_at) == ("default", TODAY, 40, "12345/1", "")


def test_cut_offs_of_one_query_stand_in_the_prior(alice, django_assert_num_queries):
    shop, plan = active_shop(), plan_of("top 10 percent by customer.age", "top 5 by orders.count()")
    sync(now=NOW)
    people = everyone()
    remember_cutoffs(shop, CUTOFFS, NOW)

    with django_assert_num_queries(1):
        found = prior_of(shop, plan, people, NOW)
    assert found == Prior(cutoffs={CREDIT: CUTOFFS[CREDIT]})


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        (NOW.replace(hour=0, minute=0) - timedelta(hours=1), True),  # midnight in London, where it is summer
        (NOW.replace(hour=22, minute=59, second=59), True),
        (NOW.replace(hour=23, minute=0), False),
        (NOW.replace(hour=0, minute=0) - timedelta(hours=1, seconds=1), False),
    ],
)
def test_cut_offs_are_those_of_a_day_of_the_shop(db, moment, known):
    shop = active_shop()
    remember_cutoffs(shop, CUTOFFS, NOW)

    assert stored_cutoffs(shop, CUTOFFS, moment) == (CUTOFFS if known else {})


def test_another_shops_cut_offs_are_none_of_ours(db, configure):
    remember_cutoffs(active_shop(), CUTOFFS, NOW)
    configure(SHOP="second")

    assert stored_cutoffs(active_shop(), CUTOFFS, NOW) == {}
    remember_cutoffs(active_shop(), CUTOFFS, NOW)
    assert RankCutoff.objects.count() == 2 * len(CUTOFFS)


def test_nothing_is_asked_of_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert stored_cutoffs(active_shop(), [], NOW) == {}


def test_the_first_to_work_them_out_is_believed(db):
    shop = active_shop()
    remember_cutoffs(shop, CUTOFFS, NOW)

    remember_cutoffs(shop, {CREDIT: Cutoff(41, (1, 1)), replace(CREDIT, limit=Fraction(1)): Cutoff(5)}, NOW)
    assert stored_cutoffs(shop, [CREDIT, replace(CREDIT, limit=Fraction(1))], NOW) == {
        CREDIT: CUTOFFS[CREDIT],
        replace(CREDIT, limit=Fraction(1)): Cutoff(5),
    }
    assert RankCutoff.objects.count() == len(CUTOFFS) + 1


def test_cut_offs_are_kept_for_forty_days(db, configure):
    shop = active_shop()
    for days in (0, 1, 41):
        remember_cutoffs(shop, {CREDIT: Cutoff(days)}, NOW + timedelta(days=days))
    assert list(RankCutoff.objects.order_by("day").values_list("population", flat=True)) == [1, 41]
    configure(SHOP="second")

    remember_cutoffs(active_shop(), {}, NOW + timedelta(days=500))
    assert RankCutoff.objects.count() == 2


def test_the_calendar_may_begin_today(db):
    remember_cutoffs(active_shop(), {CREDIT: Cutoff(1)}, NOW.replace(year=1, month=1, day=5))

    assert RankCutoff.objects.get().day == date(1, 1, 5)


# Digests


def test_a_digest_is_the_same_on_every_host(db):
    """Where a release changes it, the cut-offs of that day are worked out once more."""
    text = 'bottom 2.5 percent by orders.sum(total, where coupon_code in ("Łódź", "b"), last 90 days) leave at 3 percent'
    (ranking,) = plan_of(text).rankings()

    assert digest(active_shop(), ranking) == "0af7ecb61b74c843fa537e2e67135290e8c210b3be7f71a05932070f08b25716"


def test_a_digest_is_of_what_is_asked(db, configure):
    shop, texts = (
        active_shop(),
        (
            "top 10 percent by customer.age",
            "top 10 by customer.age",
            "bottom 10 by customer.age",
            "top 11 by customer.age",
            "top 10 by customer.age leave at 11",
            "top 10 by orders.count()",
            "top 10 by orders.count(last 1 day)",
            "top 10 by orders.count(last 24 hours)",
        ),
    )
    rankings = [ranking for text in texts for ranking in plan_of(text).rankings()]
    elsewhere = replace(shop, calendar=Calendar("Europe/Paris"))
    in_euros = replace(shop, catalogue=replace(shop.catalogue, base_currency="EUR"))
    on_sundays = replace(shop, calendar=Calendar("Europe/London", 7))

    digests = {digest(shop, ranking) for ranking in rankings} | {
        digest(other, rankings[0]) for other in (elsewhere, in_euros, on_sundays)
    }
    assert len(digests) == len(texts) + 3


def test_who_stays_how_long_and_in_what_does_not_matter_to_a_digest(db):
    """Nor does how the number is spelled, or what becomes of the unknown."""
    plans = (
        plan_of("top 10 by customer.age"),
        plan_of("top 10 by customer.age stay 7 days if unknown no", keys={"loyal": 0}),
        plan_of("top 10 by customer.age stay 8 days", keys={"vip": 0}),
    )

    assert len({digest(active_shop(), ranking) for plan in plans for ranking in plan.rankings()}) == 1


@pytest.mark.usefixtures("filled")
def test_nothing_is_written_by_looking():
    before = [list(model.objects.order_by("pk").values()) for model in (Membership, JournalEntry, RankCutoff)]

    prior_of(active_shop(), plan_of('top 5 by orders.count() and not in segment "loyal" for at least 1 day'), everyone(), LATER)
    assert [list(model.objects.order_by("pk").values()) for model in (Membership, JournalEntry, RankCutoff)] == before


def test_a_digest_is_another_where_it_takes_consent(db, configure):
    (orders,) = plan_of("top 10 by orders.count()").rankings()
    (events,) = plan_of("top 10 by events.count()").rankings()
    found = {}
    for consent in ("none", "activity", "all"):
        configure(PROFILING_CONSENT=consent)
        found[consent] = digest(active_shop(), orders), digest(active_shop(), events)

    assert found["none"][0] == found["activity"][0] != found["all"][0]
    assert found["none"][1] != found["activity"][1] == found["all"][1]
