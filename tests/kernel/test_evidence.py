from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from segmentation.kernel.columns import MISSING
from segmentation.kernel.evidence import MOST_KEYS, Evidence, LeafEvidence, RowName, evidence
from segmentation.kernel.moments import seconds
from segmentation.kernel.plan import (
    Branch,
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
)
from segmentation.kernel.prior import NONE, Prior, Standing
from segmentation.rules.tree import Duration, Last
from tests.kernel.hand import LONDON, at, at_least, columns, count, equal, numbers, places, plan, rows, sets, texts, times, word

NOW = at("2026-03-15T12:00:00")
ALICE, BOB, CAROL = 0, 1, 2
BIG = RowTest("total", at_least(100))

SHOP = columns(
    3,
    attributes={"customer.country": texts("France", None, "poland"), "customer.children": numbers(2, None, 0)},
    orders=rows(
        [ALICE, BOB, ALICE, ALICE, BOB, ALICE],
        [None, "2025-01-01", "2026-02-01", "2026-03-01", "2026-03-02", "2026-03-16"],
        total=numbers(50, 100, 250, 101, None, 999),
    ),
)


def leaf_evidence(leaf, customer):
    """(truth, value, rows, keys) of one leaf."""
    (found,) = evidence(plan(leaf), "", SHOP, customer, NOW).leaves
    assert found.leaf == leaf
    return found.truth, found.value, found.rows, found.keys


@pytest.mark.parametrize(
    ("customer", "expected"),
    [(ALICE, (True, "France", 0, ())), (BOB, (None, None, 0, ())), (CAROL, (False, "poland", 0, ()))],
)
def test_a_text_is_shown_as_the_shop_wrote_it(customer, expected):
    assert leaf_evidence(Leaf("customer.country", word("=", "FRANCE")), customer) == expected


@pytest.mark.parametrize(
    ("customer", "expected"), [(ALICE, (True, 2, 0, ())), (BOB, (True, None, 0, ())), (CAROL, (False, 0, 0, ()))]
)
def test_the_truth_is_the_one_after_if_unknown(customer, expected):
    assert leaf_evidence(Leaf("customer.children", at_least(1), "yes"), customer) == expected


def test_rows_that_count_are_named_in_the_order_of_time():
    assert leaf_evidence(Leaf(count(), at_least(3)), ALICE) == (True, 3, 3, ("r0", "r2", "r3"))
    assert leaf_evidence(Leaf(count(where=BIG), at_least(3)), ALICE) == (False, 2, 2, ("r2", "r3"))
    assert leaf_evidence(Leaf(count(window=Last(Duration(30, "day"))), at_least(1)), ALICE) == (True, 1, 1, ("r3",))
    assert leaf_evidence(Leaf(count(), equal(0)), CAROL) == (True, 0, 0, ())


@pytest.mark.parametrize(
    ("measure", "customer", "expected"),
    [
        ("sum", ALICE, (True, 401, 3, ("r0", "r2", "r3"))),
        ("avg", ALICE, (True, Fraction(401, 3), 3, ("r0", "r2", "r3"))),
        ("min", ALICE, (False, 50, 3, ("r0", "r2", "r3"))),
        ("max", ALICE, (True, 250, 3, ("r0", "r2", "r3"))),
        ("sum", BOB, (None, None, 2, ("r1", "r4"))),
        ("sum", CAROL, (False, 0, 0, ())),
        ("avg", CAROL, (None, None, 0, ())),
        ("max", CAROL, (None, None, 0, ())),
    ],
)
def test_values_of_measures(measure, customer, expected):
    assert leaf_evidence(Leaf(Term(Selection("orders", None, None), measure, "total"), at_least(100)), customer) == expected


def test_values_are_exact_numbers():
    assert type(leaf_evidence(Leaf(count(), at_least(1)), ALICE)[1]) is Fraction
    assert type(leaf_evidence(Leaf("customer.children", at_least(1)), ALICE)[1]) is Fraction


def test_a_leaf_for_every_leaf_in_reading_order():
    first, second, third = Leaf("customer.country", IsSet(True)), Leaf(count(), at_least(2)), Leaf(count(), at_least(3))
    asked = plan(Branch("or", (first, Branch("and", (second,), negated=True))), third)

    found = evidence(asked, "", SHOP, BOB, NOW)

    named = (RowName("orders", "r1"), RowName("orders", "r4"))
    assert found == Evidence(
        False,
        (
            LeafEvidence(first, False, None, 0, ()),
            LeafEvidence(second, True, Fraction(2), 2, named),
            LeafEvidence(third, False, Fraction(2), 2, named),
        ),
    )


def test_one_rule_of_several_is_explained():
    asked = plan(calendar=LONDON, a=Branch("and", (Leaf(count(), at_least(1)),)), b=Branch("and", (Leaf(count(), equal(9)),)))

    assert evidence(asked, "a", SHOP, BOB, NOW).truth is True
    assert evidence(asked, "b", SHOP, BOB, NOW).truth is False
    with pytest.raises(KeyError):
        evidence(asked, "c", SHOP, BOB, NOW)


@pytest.mark.parametrize(("given", "first"), [(19, 0), (20, 0), (21, 1), (500, 480)])
def test_at_most_twenty_rows_are_named_the_latest(given, first):
    shop = columns(2, orders=rows([0, 1] * given, ["2026-03-01"] * (2 * given)))

    (found,) = evidence(plan(Leaf(count(), at_least(1))), "", shop, 1, NOW).leaves

    assert MOST_KEYS == 20
    assert found.rows == found.value == given
    assert found.keys == tuple(f"r{2 * index + 1}" for index in range(first, given))


@pytest.mark.parametrize("customer", [-1, 3])
def test_nobody_is_explained_who_is_not_there(customer):
    with pytest.raises(IndexError):
        evidence(plan(Leaf(count(), at_least(1))), "", SHOP, customer, NOW)


# The other kinds of leaves

EVENTS = columns(
    2,
    attributes={
        "customer.tags": sets(["b", "a"], None),
        "customer.place": places((48.85, 2.35), None),
        "customer.points": numbers(40, 20),
    },
    keys=["user:1", "user:2"],
    orders=rows(
        [ALICE, ALICE, BOB, ALICE],
        ["2026-01-01", "2026-02-01", "2026-02-10", "2026-03-01"],
        total=numbers(50, 250, 7, 101),
    ),
    events=rows([ALICE, BOB], ["2026-01-15", "2026-01-16"]),
)


def told(leaf, customer=ALICE, prior=NONE):
    """(truth, value, rows, keys, cut-off) of one leaf."""
    (found,) = evidence(plan(leaf), "", EVENTS, customer, NOW, prior).leaves
    return found.truth, found.value, found.rows, found.keys, found.cut_off


def test_an_nth_leaf_names_the_row_that_it_tests():
    orders = Selection("orders")

    assert told(NthLeaf(orders, 1, BIG)) == (True, None, 1, ("r1",), None)
    assert told(NthLeaf(orders, 0, BIG)) == (False, None, 1, ("r0",), None)
    assert told(NthLeaf(orders, 5, BIG)) == (None, None, 0, (), None)


def test_a_rank_tells_its_value_and_the_cut_off():
    ranking = Ranking(Term(Selection("orders"), "sum", "total"), True, False, Fraction(1))

    assert told(RankLeaf(ranking)) == (True, 401, 3, ("r0", "r1", "r3"), 401)
    assert told(RankLeaf(ranking), BOB) == (False, 7, 1, ("r2",), 401)
    points = Ranking("customer.points", False, True, Fraction(100), None)
    assert told(RankLeaf(points), BOB) == (True, 20, 0, (), 40)


def test_a_member_leaf_tells_since_when():
    since = seconds(at("2026-01-01"))
    never = np.full(2, MISSING, np.int64)
    prior = Prior({"vip": Standing(np.array([True, False]), np.array([since, MISSING]), never)})

    assert told(MemberLeaf("vip"), ALICE, prior) == (True, since, 0, (), None)
    assert told(MemberLeaf("vip"), BOB, prior) == (False, None, 0, (), None)


def test_a_bucket_tells_its_number():
    assert told(BucketLeaf("spring", 0, 49)) == (False, 79, 0, (), None)
    assert told(BucketLeaf("spring", 0, 49), BOB) == (True, 10, 0, (), None)


def test_sequences_and_patterns_name_the_rows_they_look_at():
    steps = (Selection("orders"), Selection("events"))

    assert told(SequenceLeaf(steps)) == (True, None, 4, ("r0", "r1", "r3", "r0"), None)
    assert told(PatternLeaf(Selection("orders"), "regularly", Duration(1, "month"), 2)) == (
        True,
        None,
        3,
        ("r0", "r1", "r3"),
        None,
    )


def test_sets_and_places_are_spelled():
    assert told(Leaf("customer.tags", IsSet(True))) == (True, ("a", "b"), 0, (), None)
    assert told(Leaf("customer.place", IsSet(True))) == (True, "48.85000, 2.35000", 0, (), None)
    assert told(Leaf("customer.place", IsSet(True)), BOB) == (False, None, 0, (), None)


@pytest.mark.parametrize(
    ("leave_at", "days", "since", "expected"),
    [
        (Fraction(2), None, "2026-01-01", (True, "leave_at")),
        (Fraction(2), 7, "2026-03-14", (True, "leave_at")),
        (None, 7, "2026-03-14", (True, "min_stay")),
        (None, 7, "2026-01-01", (False, "")),
        (None, 7, None, (False, "")),
        (Fraction(2), 7, None, (False, "")),
        (None, None, "2026-03-14", (False, "")),
    ],
)
def test_what_keeps_a_member_in_who_has_lost_her_place(leave_at, days, since, expected):
    """Bob is second."""
    ranking = Ranking(Term(Selection("orders"), "sum", "total"), True, False, Fraction(1), leave_at)
    leaf = RankLeaf(ranking, "best", None if days is None else Duration(days, "day"))
    came = times(since, since).values
    prior = Prior(standings={"best": Standing(came != MISSING, came, np.full(2, MISSING))})

    for customer, told in ((BOB, expected), (ALICE, (True, ""))):
        (found,) = evidence(plan(leaf), "", EVENTS, customer, NOW, prior).leaves
        assert (found.truth, found.kept) == told


def test_who_is_taken_in_unknown_is_not_kept():
    ranking = Ranking("customer.points", True, False, Fraction(1))
    shop = columns(2, attributes={"customer.points": numbers(40, None)})
    came = times("2026-03-14", "2026-03-14").values
    prior = Prior(standings={"best": Standing(came == MISSING, came, came)})

    (found,) = evidence(plan(RankLeaf(ranking, "best", Duration(7, "day"), "yes")), "", shop, BOB, NOW, prior).leaves
    assert (found.truth, found.kept) == (True, "")


def test_a_row_of_an_order_has_a_part():
    lines = replace(rows([ALICE, ALICE, BOB], ["2026-03-01"] * 3), part_of="l{}".format)

    (found,) = evidence(plan(Leaf(count("order_lines"), at_least(1))), "", columns(2, order_lines=lines), ALICE, NOW).leaves
    assert found.named == (RowName("order_lines", "r0", "l0"), RowName("order_lines", "r1", "l1"))
    assert found.keys == ("r0", "r1")
