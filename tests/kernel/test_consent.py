"""Leaves that take consent are unknown of those who did not agree; visitors are in no ranking."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from segmentation.kernel.columns import MISSING
from segmentation.kernel.evaluate import cutoffs, evaluate
from segmentation.kernel.evidence import LeafEvidence, evidence
from segmentation.kernel.moments import seconds
from segmentation.kernel.plan import (
    AfterLast,
    BucketLeaf,
    IsSet,
    Leaf,
    MemberLeaf,
    NthLeaf,
    PatternLeaf,
    Ranking,
    RankLeaf,
    RowTest,
    Selection,
    SequenceLeaf,
    Term,
    origins_of,
)
from segmentation.kernel.prior import Cutoff, Prior, Standing
from segmentation.rules.tree import Duration
from tests.kernel.hand import at, at_least, columns, count, numbers, plan, rows, texts

NOW = at("2026-03-15T12:00:00")
ALICE, BOB, CAROL, VISITOR = range(4)
VIEWS, ORDERS = Selection("views"), Selection("orders")
BY_VIEWS = Ranking(count("views"), True, False, Fraction(1))
KIND = RowTest("kind", IsSet(True))

SHOP = columns(
    4,
    attributes={"customer.points": numbers(10, 20, None, 99)},
    keys=["a", "b", "c", "v"],
    visitors=[VISITOR],
    silent=[BOB],
    views=rows(
        [ALICE, ALICE, BOB, BOB, BOB, VISITOR, VISITOR, VISITOR, VISITOR],
        ["2026-03-01"] * 9,
        kind=texts(*["view"] * 9),
    ),
    orders=rows([ALICE, BOB], ["2026-03-01"] * 2),
)


def asked(*leaves):
    return replace(plan(*leaves), by_consent=frozenset({"views"}))


def answers(leaf, prior=None, given=SHOP):
    truth = evaluate(asked(leaf), given, NOW, prior or Prior())[""]
    return [truth.of(customer) for customer in range(given.size)]


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (Leaf(count("views"), at_least(1)), [True, None, False, True]),
        (Leaf(Term(VIEWS, "days_between"), IsSet(True)), [True, None, False, True]),
        (NthLeaf(VIEWS, 0, KIND), [True, None, None, True]),
        (SequenceLeaf((VIEWS, VIEWS)), [True, None, False, True]),
        (SequenceLeaf((ORDERS,), None, VIEWS), [False, None, False, False]),
        (PatternLeaf(VIEWS, "first_time", Duration(1, "month")), [True, None, False, True]),
        (Leaf(Term(Selection("orders", None, AfterLast(VIEWS)), "count"), at_least(1)), [False, None, False, False]),
    ],
)
def test_every_leaf_over_activity_is_unknown_without_consent(leaf, expected):
    assert answers(leaf) == expected


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (Leaf(count("orders"), at_least(1)), [True, True, False, False]),
        (Leaf("customer.points", at_least(15)), [False, True, None, True]),
        (BucketLeaf("spring", 0, 99), [True] * 4),
        (MemberLeaf("vip", inside=False), [True] * 4),
    ],
)
def test_nothing_else_takes_consent(leaf, expected):
    assert answers(leaf) == expected


@pytest.mark.parametrize(("if_unknown", "bob"), [("no", False), ("yes", True), ("unknown", None)])
def test_if_unknown_comes_after(if_unknown, bob):
    assert answers(Leaf(count("views"), at_least(1), if_unknown))[BOB] is bob


def test_a_plan_that_takes_no_consent_asks_everyone():
    truth = evaluate(plan(Leaf(count("views"), at_least(3))), SHOP, NOW)[""]

    assert [truth.of(customer) for customer in range(4)] == [False, True, False, True]


# Ranks.


def test_who_did_not_agree_is_no_part_of_the_base():
    assert answers(RankLeaf(BY_VIEWS)) == [True, None, False, False]
    assert cutoffs(asked(RankLeaf(BY_VIEWS)), SHOP, NOW) == {BY_VIEWS: Cutoff(1, (2, 1))}


def test_a_visitor_is_in_no_ranking_and_sets_no_cut_off():
    ranking = Ranking("customer.points", True, False, Fraction(1))

    assert answers(RankLeaf(ranking)) == [False, True, None, False]
    assert cutoffs(plan(RankLeaf(ranking)), SHOP, NOW) == {ranking: Cutoff(2, (20, 1))}


def test_a_visitor_of_whom_nothing_is_known_is_not_unknown():
    given = columns(1, attributes={"customer.points": numbers(None)}, visitors=[0])

    assert answers(RankLeaf(Ranking("customer.points", True, False, Fraction(1)), if_unknown="yes"), given=given) == [False]


def test_a_visitor_who_did_not_agree_is_in_no_ranking_either():
    given = replace(SHOP, agreed=np.zeros(4, np.bool_))

    assert answers(RankLeaf(BY_VIEWS), given=given) == [None, None, None, False]
    assert cutoffs(asked(RankLeaf(BY_VIEWS)), given, NOW) == {BY_VIEWS: Cutoff(0)}


def test_neither_stays_whoever_was_in():
    since = np.full(4, seconds(at("2026-03-14T12:00:00")), np.int64)
    prior = Prior({"vip": Standing(np.ones(4, np.bool_), since, np.full(4, MISSING))})
    leaf = RankLeaf(replace(BY_VIEWS, leave_at=Fraction(4)), "vip", Duration(30, "day"))

    assert answers(leaf, prior) == [True, None, True, False]


# Evidence.


def test_nothing_is_told_of_what_was_not_asked():
    leaf, rank = Leaf(count("views"), at_least(1), "yes"), RankLeaf(BY_VIEWS)
    found = evidence(asked(leaf, rank), "", SHOP, BOB, NOW).leaves

    assert found == (LeafEvidence(leaf, True, None, 0, (), asked=False), LeafEvidence(rank, None, None, 0, (), asked=False))


def test_of_a_visitor_in_a_ranking_neither():
    given = replace(SHOP, agreed=np.zeros(4, np.bool_))
    rank = RankLeaf(BY_VIEWS)

    assert evidence(asked(rank), "", given, VISITOR, NOW).leaves == (LeafEvidence(rank, False, None, 0, (), asked=False),)


def test_what_was_asked_is_told():
    leaf = Leaf(count("views"), at_least(1))
    (found,) = evidence(asked(leaf), "", SHOP, ALICE, NOW).leaves

    assert (found.asked, found.value, found.keys) == (True, 2, ("r0", "r1"))


# What a leaf reads.


def test_the_origins_of_a_leaf_are_all_that_it_reads():
    since_views = Selection("orders", None, AfterLast(VIEWS))

    assert origins_of(Leaf(Term(since_views, "count"), at_least(1))) == {"orders", "views"}
    assert origins_of(SequenceLeaf((ORDERS,), None, VIEWS)) == {"orders", "views"}
    assert origins_of(RankLeaf(Ranking("customer.points", True, True, Fraction(1)))) == {"customer"}
    assert asked().needs_consent(RankLeaf(BY_VIEWS))
    assert not asked().needs_consent(NthLeaf(ORDERS, 0, KIND))
