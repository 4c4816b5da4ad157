from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from segmentation.engine.bind import Others
from segmentation.engine.local import answer_everyone, answer_few, with_cutoffs
from segmentation.engine.prior import remember_cutoffs
from segmentation.engine.shop import active_shop
from segmentation.kernel.plan import Ranking, Selection, Term
from segmentation.kernel.prior import Cutoff, Prior
from segmentation.membership import define, refresh
from segmentation.models import RankCutoff
from segmentation.profiles import sync
from segmentation.rules import parse
from tests.cast import NOW, ago, keys_of, place_order
from tests.engine.people import everyone, only, those

pytestmark = pytest.mark.django_db

SPENT = Ranking(Term(Selection("orders"), "sum", "total"), True, False, Fraction(2))
RULES = {"top": parse("top 2 by orders.sum(total)"), "buyers": parse("orders.count() >= 1")}
STATES = {"top": "live", "buyers": "live", "friends": "live"}


@pytest.fixture
def known(cast):
    """Alice spent 125.50, Bob 120.00, Dan 15.00."""
    sync(now=NOW)
    return cast


def members(answers, key):
    """Profile keys of those for whom a rule is true."""
    return those(answers.people, answers.truths[key].members())


def test_everyone_is_answered_and_the_cut_offs_are_handed_out(known, django_assert_num_queries):
    people = everyone()

    with django_assert_num_queries(2):  # orders, cut-offs
        answers = answer_everyone(active_shop(), RULES, people, NOW)
    assert members(answers, "top") == keys_of(known["alice"], known["bob"])
    assert answers.fresh == {SPENT: Cutoff(3, (12_000, 1))}
    assert answers.refused == {}
    assert not RankCutoff.objects.exists()  # it is the caller who keeps them


def test_cut_offs_are_as_of_midnight(known):
    place_order("C1", known["carol"], total="500.00", placed_at=ago(hours=2))  # ten o'clock
    place_order("D2", known["dan"], total="500.00", placed_at=ago(hours=13, minutes=1))  # a minute before midnight in London

    answers = answer_everyone(active_shop(), RULES, everyone(), NOW)
    assert answers.fresh == {SPENT: Cutoff(3, (12_550, 1))}
    assert members(answers, "top") == keys_of(known["alice"], known["carol"], known["dan"])


def test_cut_offs_that_are_kept_are_believed(known):
    shop = active_shop()
    remember_cutoffs(shop, {SPENT: Cutoff(3, (1500, 1))}, NOW)

    answers = answer_everyone(shop, RULES, everyone(), NOW)
    assert members(answers, "top") == keys_of(known["alice"], known["bob"], known["dan"])
    assert answers.fresh == {}


def test_only_what_is_missing_is_cut_off(known):
    shop, people = active_shop(), everyone()
    answers = answer_everyone(shop, RULES | {"low": parse("bottom 1 by orders.sum(total)")}, people, NOW)
    low = replace(SPENT, greatest=False, limit=Fraction(1))
    given = Prior(cutoffs={SPENT: Cutoff(9)})

    prior, fresh = with_cutoffs(answers.plan, answers.columns, NOW, given)
    assert fresh == {low: Cutoff(3, (1500, 1))}
    assert prior == Prior(cutoffs={SPENT: Cutoff(9), low: Cutoff(3, (1500, 1))})
    assert with_cutoffs(answers.plan, answers.columns, NOW, prior) == (prior, {})


# A few


def test_a_few_are_answered_by_the_cut_offs_of_the_day(known, django_assert_num_queries):
    shop = active_shop()
    remember_cutoffs(shop, {SPENT: Cutoff(3, (12_000, 1))}, NOW)
    people = only(known["bob"], known["dan"])

    with django_assert_num_queries(3):  # cut-offs, orders of accounts and of guests
        answers = answer_few(shop, RULES, people, NOW)
    assert members(answers, "top") == keys_of(known["bob"])
    assert members(answers, "buyers") == keys_of(known["bob"], known["dan"])


@pytest.mark.parametrize("moment", [NOW, NOW + timedelta(days=1)])
def test_a_rank_that_nobody_has_cut_off_today_is_not_answered_for_a_few(known, moment):
    shop = active_shop()
    remember_cutoffs(shop, {SPENT: Cutoff(3, (12_000, 1))}, NOW - timedelta(days=1))

    answers = answer_few(shop, RULES, only(known["bob"]), moment)
    assert set(answers.truths) == {"buyers"}
    assert answers.refused == {}


def test_a_rank_deep_in_a_rule_too(known):
    rules = {"deep": parse("orders.count() >= 9 or (orders.count() >= 1 and not (top 2 by orders.sum(total)))")}

    assert answer_few(active_shop(), rules, only(known["bob"]), NOW).truths == {}


def test_who_refers_to_a_rank_that_is_not_cut_off_is_answered_by_its_stored_members(known):
    """So nobody leaves a segment because a day began."""
    define("top", "top 2 by orders.sum(total)", now=NOW)
    refresh(now=NOW)
    rules = RULES | {"friends": parse('in segment "top"')}
    others = Others(STATES, {"top": "top", "friends": "friends"})
    tomorrow, people = NOW + timedelta(days=1), only(known["alice"], known["dan"])
    place_order("D2", known["dan"], total="500.00")

    answers = answer_few(active_shop(), rules, people, NOW, others)
    assert members(answers, "friends") == keys_of(known["alice"], known["dan"])
    answers = answer_few(active_shop(), rules, people, tomorrow, others)
    assert set(answers.truths) == {"buyers", "friends"}
    assert members(answers, "friends") == keys_of(known["alice"])


def test_what_cannot_be_asked_is_named(known):
    rules = {"bad": parse('in segment "nobody"'), "buyers": RULES["buyers"]}

    for answer in (answer_everyone, answer_few):
        answers = answer(active_shop(), rules, everyone(), NOW)
        assert set(answers.truths) == {"buyers"}
        assert {key: str(error) for key, error in answers.refused.items()} == {
            "bad": "/rules/0/segment: there is no segment called nobody"
        }


def test_nobody_is_answered(known):
    assert answer_few(active_shop(), RULES, only(), NOW).truths["buyers"].members().tolist() == []


def test_an_empty_shop_is_cut_off_too(db):
    answers = answer_everyone(active_shop(), RULES, everyone(), NOW)

    assert answers.fresh == {SPENT: Cutoff(0)}
