"""A computed fact that fails breaks the segments that ask it, wherever they are asked."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest

from segmentation.errors import RuleError, SegmentError
from segmentation.facts.custom import REGISTRY, computed_fact
from segmentation.membership import define, evaluate_live, explain, preview, refresh
from segmentation.models import Segment
from segmentation.rules.values import Kind
from tests.cast import NOW, keys_of, members, place_order, profile_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
REASON = "the fact customer.mood cannot be worked out: LookupError: nobody knows"


@pytest.fixture
def mood():
    """A fact that is right, until `mood["fails"]`."""
    state = {"fails": False}

    def found(columns, now, calendar):
        if state["fails"]:
            raise LookupError("nobody knows")
        return columns["customer.accepts_email"]

    with patch.dict(REGISTRY):
        computed_fact("customer.mood", kind=Kind.BOOLEAN, inputs=["customer.accepts_email"], label="mood")(found)
        yield state


@pytest.fixture
def segments(cast, mood):
    """Alice is merry; friends are the merry, and buyers Alice, Bob and Dan."""
    define("merry", "customer.mood is true", now=NOW)
    define("friends", 'in segment "merry"', now=NOW)
    define("buyers", "orders.count() >= 1", now=NOW)
    refresh(now=NOW)
    assert members("merry") == members("friends") == keys_of(cast["alice"])
    mood["fails"] = True
    return cast


def test_a_refresh_breaks_its_segment_and_answers_the_others(segments, carol, mood):
    place_order("C1", carol, 1)

    report = refresh(now=LATER)
    assert {one.slug: one.problem for one in report.segments} == {"merry": f"/: {REASON}", "friends": "", "buyers": ""}
    assert members("merry") == members("friends") == keys_of(segments["alice"])
    assert members("buyers") == keys_of(*segments.values())
    mood["fails"] = False
    refresh(now=LATER)
    assert Segment.objects.get(slug="merry").state == "live"


def test_a_live_answer_leaves_its_segment_alone(segments, alice, carol):
    place_order("C1", carol, 1)

    evaluate_live([profile_of(alice).pk, profile_of(carol).pk], now=LATER)
    assert members("merry") == members("friends") == keys_of(alice)
    assert members("buyers") == keys_of(*segments.values())
    assert Segment.objects.get(slug="merry").state == "live"  # until a refresh finds it out


def test_a_preview_says_so(segments):
    with pytest.raises(RuleError, match=REASON):
        preview("customer.mood is true or orders.count() > 0", now=NOW)


def test_an_explanation_says_so(segments, alice):
    with pytest.raises(SegmentError, match=f"^merry is broken: /: {REASON}$"):
        explain("merry", profile_of(alice), now=NOW)
    assert explain("friends", profile_of(alice), now=NOW).member is True


def test_an_explanation_of_a_rank_says_so_of_anybody(cast, mood):
    """Here it fails over everyone alone."""

    def found(columns, now, calendar):
        column = columns["customer.birth_date"]
        if len(column.values) > 1:
            raise LookupError("nobody knows")
        return column

    computed_fact("customer.mood_swings", kind=Kind.NUMBER, inputs=["customer.birth_date"], label="mood swings")(found)
    refresh(now=NOW)
    define("moody", "top 1 by customer.mood_swings", now=NOW)

    with pytest.raises(SegmentError, match=r"moody is broken: /: the fact customer\.mood_swings cannot be worked out"):
        explain("moody", profile_of(cast["alice"]), now=NOW)
