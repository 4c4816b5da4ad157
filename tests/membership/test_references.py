from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from segmentation.engine.shop import active_shop
from segmentation.errors import RuleError, SegmentError
from segmentation.membership import define, refresh
from segmentation.membership.define import change, sound
from segmentation.membership.references import demand_askable, demand_unused, hold_still
from segmentation.models import Segment, SegmentVersion
from segmentation.rules import Rule, dump, parse
from segmentation.rules.tree import Group, Rank
from tests.cast import NOW, members

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def chain(db):
    """a is asked of people; b refers to a, c to b; idea is a draft that refers to c."""
    define("a", "orders.count() >= 1", now=NOW)
    define("b", 'in segment "a"', now=NOW)
    define("c", 'not in segment "b"', now=NOW)
    define("idea", 'orders.count() > 3 and in segment "c"', state="draft", now=NOW)


def called(slug: str) -> Segment:
    return Segment.objects.get(slug=slug)


def problems(act, *arguments, **options):
    """(path, message) of all that is wrong."""
    with pytest.raises(RuleError) as caught:
        act(*arguments, **options)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def circle(way):
    return "the segments refer to each other in a circle: " + " → ".join(way)


# What may be referred to


def test_a_segment_inside_another_is_stored(chain):
    assert called("c").definition["rules"] == [{"kind": "member", "segment": "b", "operator": "not_in"}]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('orders.count() > 0 and in segment "bb"', ("/rules/1/segment", "there is no segment called bb")),
        (
            'orders.count() > 0 and (not in segment "idea" or customer.age > 5)',
            ("/rules/1/rules/0/segment", "the segment idea is not live, so nobody is in it"),
        ),
    ],
)
def test_what_nobody_can_be_in_is_refused(chain, text, problem):
    assert problems(define, "new", text, now=NOW) == [problem]
    assert not Segment.objects.filter(slug="new").exists()


def test_archived_segments_are_refused_and_broken_ones_are_not(chain):
    Segment.objects.filter(slug="a").update(state="archived")
    Segment.objects.filter(slug="b").update(state="broken")

    assert problems(define, "new", 'in segment "a"', now=NOW) == [
        ("/rules/0/segment", "the segment a is not live, so nobody is in it")
    ]
    assert define("new", 'in segment "b"', now=NOW).pk


def test_another_shops_segments_are_not_there(chain, configure):
    configure(SHOP="second")

    assert problems(define, "new", 'in segment "a"', now=NOW) == [("/rules/0/segment", "there is no segment called a")]


# Circles


def test_a_circle_is_refused_when_it_would_be_closed(chain):
    rule = parse('customer.country is set and (in segment "c" or orders.count() > 0)')

    told = [("/rules/1/rules/0/segment", circle("acba"))]
    assert problems(sound, rule, "a") == told
    assert problems(change, called("a"), rule, now=LATER) == told
    stored = called("a")
    assert (stored.version, stored.definition["rules"][0]["field"]) == (1, "orders")
    assert SegmentVersion.objects.filter(segment=stored).count() == 1


def test_a_segment_that_refers_to_itself(chain):
    told = [("/rules/0/segment", circle("bb"))]

    assert problems(change, called("b"), parse('in segment "b"'), now=LATER) == told
    assert problems(define, "new", 'orders.count() > 0 or in segment "new"', now=NOW) == [
        ("/rules/1/segment", circle(["new", "new"]))
    ]


def test_what_only_leads_to_others_is_no_circle(chain):
    change(called("c"), sound('in segment "a" and in segment "b"', "c"), now=LATER)

    assert called("c").version == 2


def test_a_circle_that_others_are_in_does_not_concern_a_newcomer(chain):
    """Nobody can store one; here somebody wrote to the database."""
    Segment.objects.filter(slug="a").update(definition=dump(parse('in segment "c"')))

    assert define("new", 'in segment "a"', now=NOW).pk
    assert problems(sound, 'in segment "c"', "b") == [("/rules/0/segment", circle("bcb"))]


def test_an_archived_segment_closes_no_circle_until_it_comes_back(chain):
    define("old", 'in segment "c"', state="archived", now=NOW)
    old = called("old")

    old.state = Segment.State.LIVE
    change(old, sound('in segment "c"', "old"), now=LATER)
    assert problems(sound, 'in segment "old"', "a") == [("/rules/0/segment", circle(["a", "old", "c", "b", "a"]))]


def test_a_rule_without_references_asks_for_no_segments(chain, django_assert_num_queries):
    with django_assert_num_queries(0):
        demand_askable(active_shop(), parse("orders.count() > 0"), "a")
    with django_assert_num_queries(1):  # the states
        demand_askable(active_shop(), parse('in segment "a"'))
    with django_assert_num_queries(2):  # and what they refer to
        demand_askable(active_shop(), parse('in segment "a"'), "new")


def test_a_tree_made_by_hand_is_read_before_it_is_stored(db):
    """What the reader of stored rules would refuse breaks the segment at its first refresh."""
    rank = Rank("orders", "top_percent", "ten", "count")
    keeping = Group("or", (Rank("orders", "top", "5", "count", leave_at="6"),))

    assert problems(sound, Rule(Group("and", (rank,)))) == [
        ("/rules/0/value", "value must be a percentage above 0 and up to 100")
    ]
    assert problems(define, "new", Rule(keeping), now=NOW) == [
        ("/rules/0/leave_at", "leave_at may stand only where no `or`, `not` or `at_least` is above it")
    ]


# What is in use


@pytest.mark.parametrize(("slug", "users"), [("a", "b, c, idea"), ("b", "c, idea"), ("c", "idea")])
@pytest.mark.parametrize("state", ["draft", "archived"])
def test_a_segment_in_use_is_not_put_away(chain, slug, users, state):
    segment = called(slug)
    segment.state = state

    with pytest.raises(SegmentError, match=f"^{slug} is used by {users}: change these first$"):
        change(segment, sound("orders.count() >= 1", slug), now=LATER)
    assert (called(slug).state, called(slug).version) == ("live", 1)


def test_a_segment_in_use_keeps_its_slug(chain):
    segment = called("b")
    segment.slug = "other"

    with pytest.raises(SegmentError, match=r"^b is used by c, idea: change these first$"):
        change(segment, sound('in segment "a"', "other"), now=LATER)
    assert not Segment.objects.filter(slug="other").exists()


def test_a_segment_in_use_may_change_its_rule_and_its_name(chain):
    segment = called("a")
    segment.name = "All buyers"

    change(segment, sound("orders.count() >= 2", "a"), now=LATER)
    assert (called("a").name, called("a").version) == ("All buyers", 2)


def test_a_broken_segment_in_use_may_be_mended(chain):
    Segment.objects.filter(slug="a").update(state="broken")

    change(called("a"), sound("orders.count() >= 1", "a"), now=LATER)
    assert called("a").state == "live"


def test_a_segment_that_nobody_uses_any_more_may_go(chain):
    for slug in ("idea", "c", "b", "a"):
        segment = called(slug)
        segment.state = Segment.State.ARCHIVED
        change(segment, sound("orders.count() >= 1", slug), now=LATER)

    assert set(Segment.objects.values_list("state", flat=True)) == {"archived"}


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_a_segment_whose_segment_is_gone_may_be_put_away_as_it_is(chain, state):
    """It is broken, and its owner need not mend it first."""
    Segment.objects.filter(slug="b").delete()
    refresh(now=NOW)
    assert called("c").state == "broken"

    segment = called("c")
    segment.state = state
    Segment.objects.filter(slug="idea").delete()
    change(segment, parse('not in segment "b"'), now=LATER)
    assert called("c").state == state


def test_what_is_put_away_as_it_is_comes_back_only_if_it_can_be_asked(chain):
    define("old", 'in segment "b"', state="archived", now=NOW)
    Segment.objects.filter(slug="b").update(slug="bb")
    segment = called("old")
    segment.state = Segment.State.LIVE

    told = [("/rules/0/segment", "there is no segment called b")]
    assert problems(change, segment, parse('in segment "b"'), now=LATER) == told


@pytest.mark.parametrize(
    ("slugs", "said"),
    [
        (["a"], "a is used by b, c, idea"),
        (["a", "b"], "a is used by c, idea"),
        (["b", "c"], "b is used by idea"),
        (["a", "b", "c", "idea"], None),
        (["c", "idea"], None),
        (["idea"], None),
        ([], None),
    ],
)
def test_segments_that_go_together_do_not_need_each_other(chain, slugs, said):
    going = [called(slug) for slug in slugs]

    if said is None:
        demand_unused(going)
        return
    with pytest.raises(SegmentError, match=f"^{said}: change these first$"):
        demand_unused(going)


def test_an_archived_segment_uses_none(chain):
    Segment.objects.filter(slug__in=["c", "idea"]).update(state="archived")

    demand_unused([called("b")])


# Owners at once


def test_the_shops_segments_are_locked_in_one_order(chain):
    define("theirs", "orders.count() > 0", now=NOW)
    Segment.objects.filter(slug="theirs").update(shop="second")

    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        hold_still("default")
    (query,) = queries
    assert "ORDER BY 1 ASC" in query["sql"]  # by primary key, which alone is read
    assert ("FOR NO KEY UPDATE" in query["sql"]) is (connection.vendor == "postgresql")


def test_the_rule_is_judged_again_while_the_segments_stand_still(chain):
    """Between reading the form and saving it another owner archived the segment."""
    rule = sound('in segment "c"', "new")
    Segment.objects.filter(slug="c").update(state="archived")
    segment = Segment(slug="new", name="new", state="live")

    assert problems(change, segment, rule, now=NOW) == [("/rules/0/segment", "the segment c is not live, so nobody is in it")]
    assert not Segment.objects.filter(slug="new").exists()


def test_members_stay_while_a_change_is_refused(cast):
    define("buyers", "orders.count() >= 1", now=NOW)
    define("friends", 'in segment "buyers"', now=NOW)
    refresh(now=NOW)
    before = members("buyers")
    segment = called("buyers")
    segment.state = Segment.State.ARCHIVED

    with pytest.raises(SegmentError):
        change(segment, sound("orders.count() >= 1", "buyers"), now=LATER)
    assert (members("buyers"), len(before)) == (before, 3)
