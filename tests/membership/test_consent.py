"""Of somebody who did not agree to profiling, what takes consent is unknown, and nothing of it is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.membership import define, evaluate_live, explain, preview, refresh
from segmentation.models import Profile, RankCutoff
from segmentation.profiles import sync
from tests.cast import NOW, ago, key_of, keys_of, members, profile_of
from tests.visiting import Trading, Visited, agree, leave_cart, visitor

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def shop(cast, use_source, configure):
    """Alice agreed, Bob said no, Carol and Dan said nothing; all of them but Dan have looked at something."""
    use_source(Visited)
    configure(PROFILING_CONSENT="activity")
    sync(now=NOW)
    agree(profile_of(cast["alice"]))
    Profile.objects.filter(key=key_of(cast["bob"])).update(profiling=False)
    for name in ("alice", "bob", "carol"):
        leave_cart(name, customer=str(cast[name].pk), at=ago(2))


def filled(rule: str, slug: str = "asked", now=NOW) -> set[str]:
    define(slug, rule, now=NOW)
    refresh([slug], now=now)
    return members(slug)


def test_activity_is_asked_of_those_who_agreed(alice):
    assert filled("events.count() >= 1") == keys_of(alice)
    assert filled("events.count() = 0", "none") == set()
    assert filled("not (events.count() = 0)", "not-none") == keys_of(alice)


def test_business_is_asked_of_everyone(alice, bob, carol):
    assert filled("carts.count() >= 1") == keys_of(alice, bob, carol)
    assert filled('orders.count() >= 1 and customer.country = "FR"', "french") == keys_of(bob)


def test_if_unknown_comes_after(alice, bob, carol, dan):
    assert filled("events.count() = 0 if unknown yes") == keys_of(bob, carol, dan)
    assert filled("not (events.count() >= 1 if unknown no)", "turned") == keys_of(bob, carol, dan)


def test_all_behaviour_takes_consent_where_the_shop_says_so(alice, bob, configure):
    configure(PROFILING_CONSENT="all")

    assert filled("carts.count() >= 1 or orders.count() = 2") == keys_of(alice)
    assert filled('customer.country = "FR"', "french") == keys_of(bob)


def test_nothing_takes_consent_where_the_shop_says_so(alice, bob, carol, configure):
    configure(PROFILING_CONSENT="none")

    assert filled("events.count() >= 1") == keys_of(alice, bob, carol)


def test_events_that_are_business_take_none(alice, bob, carol, use_source):
    use_source(Trading)

    assert filled("events.count() >= 1") == keys_of(alice, bob, carol)


@pytest.mark.parametrize(
    "rule",
    [
        'events.first(test kind = "open")',
        'sequence (events, events) since "2026-01-01"',
        "sequence (orders, orders) then no events",
        "pattern events first time period 1 month",
        "orders.count(since last events) = 0",
        "bottom 100 percent by events.count()",
        "events.count() >= 0",
        "events.max(at) is set",
    ],
)
def test_every_leaf_over_activity_is_unknown_without_consent(rule, bob, carol, dan):
    assert filled(f"not ({rule}) or {rule}").isdisjoint(keys_of(bob, carol, dan))
    assert keys_of(bob, carol, dan) <= filled(f"{rule} if unknown yes", "yes")


def test_a_ranking_is_of_those_who_agreed(alice, bob, carol):
    leave_cart("bob-2", customer=str(bob.pk), at=ago(2))
    agree(profile_of(carol))

    assert filled("top 2 by events.count()") == keys_of(alice, carol)
    assert (RankCutoff.objects.get().population, RankCutoff.objects.get().limit) == (2, "1/1")


def test_a_visitor_who_agreed_is_asked_like_anybody():
    agree(visitor("yes"))
    visitor("no")
    for name in ("yes", "no"):
        leave_cart(name, visitor=name)

    assert filled("events.count() >= 1") & {"visitor:yes", "visitor:no"} == {"visitor:yes"}


def test_consent_that_is_withdrawn_works_at_once(alice):
    assert filled("events.count() >= 1") == keys_of(alice)
    Profile.objects.filter(key=key_of(alice)).update(profiling=False)

    evaluate_live([profile_of(alice).pk], now=LATER)
    assert members("asked") == set()


def test_consent_that_is_given_works_at_once(alice, carol):
    filled("events.count() >= 1")
    agree(profile_of(carol))

    evaluate_live([profile_of(carol).pk], now=LATER)
    assert members("asked") == keys_of(alice, carol)


def test_consent_that_is_withdrawn_during_a_refresh_is_heeded(alice, meanwhile):
    define("asked", "events.count() >= 1", now=NOW)

    def withdrawn():
        Profile.objects.filter(key=key_of(alice)).update(profiling=False)
        evaluate_live([profile_of(alice).pk], now=NOW)

    meanwhile(withdrawn)
    refresh(now=NOW)
    assert members("asked") == set()


def test_who_stayed_by_a_ranking_does_not_stay_without_consent(alice):
    assert filled("top 1 by events.count() leave at 5 stay 30 days") == keys_of(alice)
    Profile.objects.filter(key=key_of(alice)).update(profiling=False)

    refresh(now=LATER)
    assert members("asked") == set()


# Why, and what a rule would take in.


def test_nothing_is_shown_of_what_was_not_asked(carol, alice):
    define("asked", "events.count() >= 1 and carts.count() >= 1 and top 1 by events.count()", now=NOW)
    refresh(now=NOW)

    activity, business, rank = explain("asked", profile_of(carol), now=NOW).leaves
    assert (activity.asked, activity.truth, activity.value, activity.limit) == (False, "unknown", None, None)
    assert (activity.rows, activity.evidence) == (0, ())
    assert (business.asked, business.truth, business.value, business.evidence) == (True, "true", "1", ("carol",))
    assert (rank.asked, rank.truth, rank.value, rank.limit, rank.rows, rank.evidence) == (False, "unknown", None, None, 0, ())
    assert [leaf.asked for leaf in explain("asked", profile_of(alice), now=NOW).leaves] == [True, True, True]


def test_a_preview_says_once_whom_it_cannot_ask():
    seen = preview("events.count() >= 1 or events.count(last 7 days) = 0", now=NOW)

    said = [warning for warning in seen.warnings if "profiling" in warning]
    assert said == ["3 of 4 people did not agree to profiling; what they look at is not asked."]
    assert (seen.count, seen.unknown, seen.population) == (1, 3, 4)


def test_a_preview_says_so_of_all_behaviour(configure):
    configure(PROFILING_CONSENT="all")

    assert (
        "3 of 4 people did not agree to profiling; what they do is not asked." in preview("carts.count() = 1", now=NOW).warnings
    )


@pytest.mark.parametrize("rule", ["carts.count() >= 1", 'customer.country = "FR"'])
def test_a_preview_that_asks_no_activity_does_not_say_so(rule):
    assert not any("profiling" in warning for warning in preview(rule, now=NOW).warnings)


def test_a_preview_does_not_say_so_where_few_did_not_agree():
    agree(*Profile.objects.all())
    lone = visitor("v")
    assert not any("profiling" in warning for warning in preview("events.count() >= 1", now=NOW).warnings)

    for number in range(15):
        Profile.objects.create(key=f"guest:{number}", kind="guest", created_at=NOW, profiling=True)
    Profile.objects.create(key="guest:x", kind="guest", created_at=NOW)  # one of twenty
    assert not any("profiling" in warning for warning in preview("events.count() >= 1", now=NOW).warnings)
    Profile.objects.filter(key="guest:1").update(profiling=None)
    said = "2 of 20 people did not agree to profiling; what they look at is not asked."
    assert said in preview("events.count() >= 1", now=NOW).warnings
    assert lone.profiling is None
