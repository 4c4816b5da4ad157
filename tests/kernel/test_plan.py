from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from fractions import Fraction

import pytest

from segmentation.kernel.plan import (
    AfterLast,
    Branch,
    BucketLeaf,
    Computed,
    IsSet,
    Leaf,
    MemberLeaf,
    Moments,
    Needs,
    NthLeaf,
    PatternLeaf,
    Plan,
    Ranking,
    RankLeaf,
    RowBelow,
    RowGroup,
    RowTest,
    Selection,
    SequenceLeaf,
    Term,
    leaves_of,
)
from segmentation.rules.tree import Duration, Last
from tests.kernel.hand import LONDON, at_least, count, plan, word

FRENCH = Leaf("customer.country", word("=", "FR"))
KNOWN = Leaf("customer.birth_date", IsSet(True))
MONTH = Last(Duration(1, "month"))


def test_nodes_that_ask_the_same_are_equal():
    assert Leaf("a", at_least(5)) == Leaf("a", at_least(5))
    assert len({count(window=MONTH), count(window=Last(Duration(1, "month"))), count()}) == 2
    assert Leaf("a", at_least(5), "yes") != Leaf("a", at_least(5), "no")
    assert Moments("on", "2026-01-01") != Moments("on", "2026-01-01", days=True)


@pytest.mark.parametrize("node", [FRENCH, count(), Selection("orders", None, None), Branch("and", (FRENCH,)), RowGroup("or", ())])
def test_nodes_are_frozen(node):
    with pytest.raises(FrozenInstanceError):
        setattr(node, fields(node)[0].name, None)


def test_leaves_come_in_reading_order():
    branch = Branch("and", (FRENCH, Branch("or", (KNOWN, Branch("and", (FRENCH,)))), KNOWN))

    assert list(leaves_of(branch)) == [FRENCH, KNOWN, FRENCH, KNOWN]


def test_a_plan_needs_the_facts_that_are_asked():
    assert plan(FRENCH, Branch("or", (KNOWN,), negated=True)).needs() == Needs(
        frozenset({"customer.country", "customer.birth_date"}), {}
    )


def test_a_plan_needs_the_columns_of_filters_and_measures():
    channel, total = RowTest("channel", word("=", "web")), RowTest("total", at_least(1))
    where = RowGroup("and", (channel, RowGroup("or", (total, channel), negated=True)))
    asked = plan(
        Leaf(Term(Selection("orders", where, MONTH), "sum", "net_total"), at_least(1)),
        Leaf(Term(Selection("orders", RowTest("status", IsSet(True)), None), "count"), at_least(1)),
        Leaf(Term(Selection("refunds", None, None), "max", "amount"), at_least(1)),
    )

    assert asked.needs() == Needs(
        frozenset(), {"orders": frozenset({"channel", "total", "net_total", "status"}), "refunds": frozenset({"amount"})}
    )


def test_a_count_of_all_rows_needs_the_relation_alone():
    assert plan(Leaf(count(), at_least(1))).needs() == Needs(frozenset(), {"orders": frozenset()})


def test_a_plan_of_nothing_needs_nothing():
    assert Plan({}, LONDON).needs() == Needs()


def test_the_needs_of_all_rules_are_put_together():
    asked = plan(a=Branch("and", (FRENCH,)), b=Branch("and", (KNOWN, Leaf(count("refunds"), at_least(1)))))

    assert asked.needs() == Needs(frozenset({"customer.country", "customer.birth_date"}), {"refunds": frozenset()})


def test_a_plan_needs_what_every_kind_of_leaf_reads():
    lamp = RowTest("product.category", word("=", "lamps"))
    big = RowTest("total", at_least(1))
    below = RowBelow("lines", "order_lines", "any", lamp)
    since_last = Selection("carts", None, AfterLast(Selection("events", RowTest("kind", IsSet(True)))))
    asked = plan(
        NthLeaf(Selection("orders", below), 0, big),
        RankLeaf(Ranking(Term(Selection("refunds"), "sum", "amount"), True, True, Fraction(10))),
        RankLeaf(Ranking("customer.points", True, True, Fraction(10))),
        SequenceLeaf((Selection("views"), since_last), None, Selection("clicks", RowTest("page", IsSet(True)))),
        PatternLeaf(Selection("spend"), "regularly", Duration(1, "month"), 3),
        MemberLeaf("vip"),
        BucketLeaf("spring", 0, 49),
    )

    assert asked.needs() == Needs(
        frozenset({"customer.points"}),
        {
            "orders": frozenset({"total"}),
            "order_lines": frozenset({"product.category"}),
            "refunds": frozenset({"amount"}),
            "views": frozenset(),
            "carts": frozenset(),
            "events": frozenset({"kind"}),
            "clicks": frozenset({"page"}),
            "spend": frozenset(),
        },
        frozenset({("orders", "lines")}),
    )
    assert asked.rankings() == {leaf.ranking for leaf in asked.leaves() if isinstance(leaf, RankLeaf)}
    assert len(asked.rankings()) == 2


def test_a_computed_fact_needs_its_inputs():
    computed = {"customer.age": Computed(("customer.birth_date",), lambda columns, now, calendar: None)}
    asked = replace(plan(Leaf("customer.age", at_least(18)), FRENCH), computed=computed)

    assert asked.needs().attributes == {"customer.birth_date", "customer.country"}
