from __future__ import annotations

import pytest

from segmentation.engine.bind import Others, bind, bind_each
from segmentation.rules import parse
from tests.engine.binding import PARIS, only_leaf, problems, told
from tests.facts.shop import CATALOGUE


def bound_together(*, states=None, references=None, **texts):
    """Rules of segments that are all live, by slug, bound together."""
    rules = {slug: parse(text) for slug, text in texts.items()}
    others = Others(states or dict.fromkeys(texts, "live"), {slug: slug for slug in texts}, references or {})
    return bind_each(rules, CATALOGUE, PARIS, others)


def circle(way):
    return "the segments refer to each other in a circle: " + " → ".join(way)


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("vpi", "there is no segment called vpi"),
        ("dormnt", "there is no segment called dormnt; did you mean dormant?"),
        ("vip-2", "there is no segment called vip-2; did you mean vip?"),
        # What nobody may refer to is not proposed.
        ("ideas", "there is no segment called ideas"),
        ("idea", "the segment idea is not live, so nobody is in it"),
        ("old", "the segment old is not live, so nobody is in it"),
        ("VIP", "there is no segment called VIP"),
    ],
)
def test_segments_that_nobody_can_be_in(slug, message):
    assert problems(f'customer.country is set and in segment "{slug}"') == [("/rules/1/segment", message)]


@pytest.mark.parametrize("slug", ["vip", "dormant"])
def test_live_and_broken_segments_may_be_referred_to(slug):
    assert only_leaf(f'in segment "{slug}"').segment == slug


def test_the_plan_knows_which_segments_are_asked_together():
    plan, refused = bound_together(
        states={"rich": "live", "poor": "live", "vip": "live"}, rich='in segment "vip"', poor='not in segment "rich"'
    )

    assert refused == {}
    assert plan.segments == {"rich": "rich", "poor": "poor"}


def test_a_refused_segment_is_asked_by_its_stored_members():
    plan, refused = bound_together(poor='not in segment "rich"', rich="customer.shoe_size > 3")

    assert plan.segments == {"poor": "poor"}
    assert told(refused) == {"rich": [("/rules/0/field", "unknown fact customer.shoe_size")]}


def test_a_circle_is_refused_as_a_whole_and_what_leads_there_is_not():
    plan, refused = bound_together(
        a='customer.country is set and (orders.count() > 0 or in segment "b")',
        b='not in segment "c"',
        c='in segment "e" or in segment "a" for at least 7 days',
        d='in segment "a"',
        e="orders.count() > 0",
    )

    assert set(plan.roots) == {"d", "e"}
    assert told(refused) == {
        "a": [("/rules/1/rules/1/segment", circle("abca"))],
        "b": [("/rules/0/segment", circle("bcab"))],
        "c": [("/rules/1/segment", circle("cabc"))],
    }


def test_a_circle_is_told_beside_all_else_that_is_wrong():
    _, refused = bound_together(a='customer.shoe is set and in segment "a"', b='in segment "b" and in segment "nobody"')

    assert told(refused) == {
        "a": [("/rules/0/field", "unknown fact customer.shoe"), ("/rules/1/segment", circle("aa"))],
        "b": [("/rules/1/segment", "there is no segment called nobody"), ("/rules/0/segment", circle("bb"))],
    }


def test_a_segment_that_refers_to_itself_is_told_so_before_it_is_stored():
    _, refused = bound_together(states={"vip": "live"}, new='in segment "new"')

    assert told(refused) == {"new": [("/rules/0/segment", circle(["new", "new"]))]}


def test_a_circle_through_stored_segments():
    """Their rules are not bound here."""
    references = {"b": ("c",), "c": ("a",), "a": ("b",)}
    states = dict.fromkeys("abcd", "live")

    _, refused = bound_together(states=states, references=references, a='in segment "b"')
    assert told(refused) == {"a": [("/rules/0/segment", circle("abca"))]}
    # What a referred to when it was last saved does not matter.
    _, refused = bound_together(states=states, references=references, a='in segment "d"')
    assert refused == {}


def test_others_circles_are_none_of_ours():
    _, refused = bound_together(states=dict.fromkeys("abc", "live"), references={"b": ("c",), "c": ("b",)}, a='in segment "b"')

    assert refused == {}


def test_a_rule_that_is_no_segments_can_close_no_circle():
    plan = bind({"": parse('in segment "a"')}, CATALOGUE, PARIS, Others({"a": "live"}, {}, {"a": ("a",)}))

    assert (set(plan.roots), plan.segments) == ({""}, {})


def test_no_segments_at_all():
    assert problems('in segment "vip"', others=Others()) == [("/rules/0/segment", "there is no segment called vip")]
