"""Leaves that look at what was before: members of other segments, and ranks with hysteresis."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from segmentation.kernel.columns import MISSING
from segmentation.kernel.evaluate import cutoffs, evaluate
from segmentation.kernel.moments import seconds
from segmentation.kernel.plan import Branch, Leaf, MemberLeaf, Plan, Ranking, RankLeaf, Selection, Term
from segmentation.kernel.prior import Cutoff, Overrides, Prior, Standing
from segmentation.rules.tree import Between, Duration
from tests.kernel.hand import LONDON, at, at_least, columns, numbers, rows

NOW = at("2026-03-15T12:00:00")
POINTS = columns(4, attributes={"customer.points": numbers(40, 30, 20, None)})
TOP = Ranking("customer.points", True, False, Fraction(1), Fraction(2))
RICH = Leaf("customer.points", at_least(30))


def standing(since, left=(None, None, None, None)):
    """Who is in since when, and when the others left."""
    moments = [np.array([MISSING if one is None else seconds(at(one)) for one in side], np.int64) for side in (since, left)]
    return Standing(moments[0] != MISSING, *moments)


def answers(leaf, prior=None, given=POINTS, segments=None):
    """True, False or None of every customer."""
    roots = {"": Branch("and", (leaf,)), "rich": Branch("and", (RICH,))}
    asked = Plan(roots, LONDON, segments or {})
    truth = evaluate(asked, given, NOW, prior or Prior())[""]
    return [truth.of(customer) for customer in range(truth.size)]


# Members


def test_a_stored_membership():
    prior = Prior({"vip": standing(["2026-01-01", None, "2026-03-01", None])})

    assert answers(MemberLeaf("vip"), prior) == [True, False, True, False]
    assert answers(MemberLeaf("vip", inside=False), prior) == [False, True, False, True]


def test_a_segment_that_was_never_filled_has_nobody():
    assert answers(MemberLeaf("vip")) == [False] * 4


def test_a_segment_asked_together_answers_anew_with_the_owners_word():
    prior = Prior(
        {"rich": standing([None, None, "2026-01-01", None])},
        {"rich": Overrides(np.array([False, False, False, True]), np.array([True, False, False, False]))},
    )

    assert answers(MemberLeaf("rich"), prior, segments={"rich": "rich"}) == [False, True, False, True]


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (Duration(14, "day"), [True, True, False, False]),
        (Duration(15, "day"), [True, False, False, False]),
        (Duration(12, "hour"), [True, True, True, False]),
        (Duration(13, "hour"), [True, True, False, False]),
    ],
)
def test_for_at_least(duration, expected):
    prior = Prior({"vip": standing(["2026-01-01", "2026-03-01T18:00", "2026-03-15T00:00", None])})

    assert answers(MemberLeaf("vip", for_at_least=duration), prior) == expected


def test_out_for_at_least_counts_from_the_last_exit_and_takes_in_who_never_was_in():
    prior = Prior({"vip": standing([None, None, "2026-01-01", None], ["2026-03-01", "2026-03-14", "2025-01-01", None])})

    assert answers(MemberLeaf("vip", False, Duration(14, "day")), prior) == [True, False, False, True]


def test_who_enters_or_leaves_in_this_very_answer_does_so_now():
    prior = Prior({"rich": standing([None, "2026-01-01", "2026-01-01", None], [None, None, None, "2025-01-01"])})
    together = {"rich": "rich"}

    assert answers(MemberLeaf("rich", True, Duration(1, "day")), prior, segments=together) == [False, True, False, False]
    assert answers(MemberLeaf("rich", False, Duration(1, "day")), prior, segments=together) == [False, False, False, True]


def test_entered_in_a_window():
    prior = Prior({"vip": standing(["2026-01-01", "2026-01-31T23:59:59", "2026-02-01", None])})

    assert answers(MemberLeaf("vip", entered=Between("2026-01-01", "2026-01-31")), prior) == [True, True, False, False]


def test_rules_in_a_circle_are_refused():
    roots = {"a": Branch("and", (MemberLeaf("b"),)), "b": Branch("and", (MemberLeaf("a"),))}

    with pytest.raises(ValueError, match="circle"):
        evaluate(Plan(roots, LONDON, {"a": "a", "b": "b"}), POINTS, NOW)


# Ranks


def test_a_rank_without_prior_is_plain():
    assert answers(RankLeaf(TOP, "here")) == [True, False, False, None]


def test_who_is_in_stays_until_the_wider_cut_off_is_passed():
    prior = Prior({"here": standing([None, "2026-01-01", "2026-01-01", "2026-01-01"])})

    assert answers(RankLeaf(TOP, "here"), prior) == [True, True, False, None]
    assert answers(RankLeaf(TOP, "elsewhere"), prior) == [True, False, False, None]


def test_who_is_in_stays_at_least_so_long():
    prior = Prior({"here": standing([None, "2026-03-01", "2026-03-14", "2026-03-14"])})
    plain = Ranking("customer.points", True, False, Fraction(1))

    assert answers(RankLeaf(plain, "here", Duration(7, "day")), prior) == [True, False, True, True]


def test_the_cut_off_of_the_day_is_believed():
    prior = Prior(cutoffs={TOP: Cutoff(9, (20, 1), (10, 1))})

    assert answers(RankLeaf(TOP), prior) == [True, True, True, None]


def test_cut_offs_are_of_midnight_and_values_of_now():
    orders = rows([0, 1, 1], ["2026-03-14", "2026-03-15T00:00", "2026-03-15T00:00:01"])
    ranking = Ranking(Term(Selection("orders"), "count"), True, False, Fraction(1))
    given = columns(3, attributes=POINTS.attributes, orders=orders)
    asked = Plan({"": Branch("and", (RankLeaf(ranking),))}, LONDON)

    assert cutoffs(asked, given, NOW) == {ranking: Cutoff(2, (1, 1))}
    truth = evaluate(asked, given, NOW)[""]
    assert [truth.of(customer) for customer in range(3)] == [True, True, False]


@pytest.mark.parametrize(("measure", "expected"), [("count", False), ("avg", False), ("days_between", False)])
def test_for_lack_of_rows_nobody_is_ranked(measure, expected):
    orders = rows([0, 0], ["2026-03-01", "2026-03-02"], total=numbers(1, 2))
    term = Term(Selection("orders"), measure, "total" if measure == "avg" else None)
    asked = Plan({"": Branch("and", (RankLeaf(Ranking(term, True, True, Fraction(100))),))}, LONDON)

    truth = evaluate(asked, columns(2, orders=orders), NOW)[""]
    assert [truth.of(0), truth.of(1)] == [True, expected]
