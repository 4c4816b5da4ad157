from __future__ import annotations

import pytest

from segmentation.engine.lint import lint
from segmentation.engine.shop import active_shop
from segmentation.errors import RuleError
from segmentation.membership import define
from segmentation.membership.define import change, sound
from segmentation.models import Segment
from segmentation.rules import parse
from tests.cast import NOW

pytestmark = pytest.mark.django_db

SOUND = 'orders.count() >= 3 and customer.country = "FR"'


def warned(text, slug=""):
    """(place, message) of all warnings."""
    return [(problem.path, problem.message) for problem in lint(active_shop(), parse(text), NOW, slug)]


def test_nothing_is_said_of_a_sound_rule():
    assert warned(SOUND) == []


def test_all_that_is_found_is_told_kind_by_kind():
    define("twin", 'customer.country != "FR" and orders.count(since "2027-01-01") >= 0', now=NOW)
    text = 'orders.count(since "2027-01-01") >= 0 and customer.country != "FR"'

    assert [(path, said.split(";")[0].split(":")[0]) for path, said in warned(text)] == [
        ("/rules/1", "customers without a known customer.country are left out"),
        ("/rules/0", "no row can lie in this window"),
        ("/rules/0", "this is always true"),
        ("", "the segment twin asks the same"),
    ]


def test_two_rows_and_a_contradiction():
    text = (
        'order_lines.count(where product.category = "Lamps") > 0 and order_lines.count(where line_total > 20) > 0'
        ' and customer.country = "FR" and customer.country = "PL"'
    )

    assert [path for path, _ in warned(text)] == ["/rules/1", "/rules/3"]


def test_a_rule_that_cannot_be_asked_is_refused():
    with pytest.raises(RuleError) as caught:
        warned('customer.shoe = "43" and in segment "nobody"')

    assert [problem.path for problem in caught.value.problems] == ["/rules/0/field", "/rules/1/segment"]


@pytest.mark.parametrize("state", ["live", "broken"])
def test_segments_that_are_kept_answered_are_twins(state):
    define("twin", SOUND, now=NOW)
    Segment.objects.update(state=state)

    assert warned(f"({SOUND})") == [("", "the segment twin asks the same")]
    assert warned(SOUND, "another") == [("", "the segment twin asks the same")]
    assert warned(SOUND, "twin") == []  # no twin of itself


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_drafts_and_archived_segments_are_none(state):
    define("twin", SOUND, state=state, now=NOW)

    assert warned(SOUND) == []


def test_another_shops_segments_are_none(configure):
    define("twin", SOUND, now=NOW)
    configure(SHOP="second")

    assert warned(SOUND) == []


def test_segments_that_cannot_be_asked_are_no_trouble():
    for slug in ("gone", "torn", "twin"):
        define(slug, SOUND, now=NOW)
    broken = sound(SOUND)
    Segment.objects.filter(slug="gone").update(definition={**_definition("gone"), "rules": [_unknown()]})
    Segment.objects.filter(slug="torn").update(definition={"version": 9})
    change(Segment.objects.get(slug="twin"), broken, now=NOW)

    assert warned(SOUND) == [("", "the segment twin asks the same")]


def test_segments_that_refer_to_the_same_segment_are_twins():
    define("vip", "orders.count() >= 9", now=NOW)
    define("twin", 'in segment "vip" and orders.count() >= 1', now=NOW)

    assert warned('orders.count() >= 1 and in segment "vip"') == [("", "the segment twin asks the same")]


def test_ranks_that_keep_their_members_are_twins_whatever_segment_they_stand_in():
    define("twin", "top 10 percent by orders.count() leave at 12 percent", now=NOW)

    assert warned("top 10 percent by orders.count() leave at 12 percent", "new") == [("", "the segment twin asks the same")]


def test_queries_do_not_grow_with_segments(django_assert_num_queries):
    for number in range(5):
        define(f"s{number}", f"orders.count() >= {number + 1}", now=NOW)
    with django_assert_num_queries(1):  # the segments
        lint(active_shop(), parse(SOUND), NOW)

    define("user", 'in segment "s1" and in segment "s2"', now=NOW)
    with django_assert_num_queries(3):  # and their states, for this rule and for theirs
        lint(active_shop(), parse('in segment "s1"'), NOW)


def _definition(slug):
    return Segment.objects.get(slug=slug).definition


def _unknown():
    return {"kind": "attribute", "field": "customer.shoe", "operator": "is_set"}
