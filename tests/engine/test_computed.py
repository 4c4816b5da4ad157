from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from segmentation.engine.computed import demand_working, without_failing
from segmentation.errors import RuleError
from segmentation.kernel.plan import Branch, Computed, Leaf, MemberLeaf, Plan, Ranking, RankLeaf
from tests.kernel.hand import LONDON, at, at_least, columns, numbers

NOW = at("2026-03-15T12:00:00")
GIVEN = columns(2, attributes={"customer.points": numbers(1, 2)})


def failing(columns, now, calendar):
    raise ZeroDivisionError("by nothing")


def doubled(columns, now, calendar):
    return numbers(*(2 * value for value in columns["customer.points"].values.tolist()))


FACTS = {
    "customer.failing": Computed(("customer.points",), failing),
    "customer.short": Computed(("customer.points",), lambda columns, now, calendar: numbers(1)),
    "customer.doubled": Computed(("customer.points",), doubled),
}


def asked(**names):
    """A plan of rules that ask a fact each."""
    roots = {key: Branch("and", (Leaf(name, at_least(1)),)) for key, name in names.items()}
    return Plan(roots, LONDON, {key: key for key in roots}, FACTS)


def test_a_plan_whose_facts_work_stays_as_it_is():
    plan = asked(a="customer.doubled", b="customer.points")

    assert without_failing(plan, GIVEN, NOW) == (plan, {})


@pytest.mark.parametrize(
    ("name", "reason"),
    [("customer.failing", "ZeroDivisionError: by nothing"), ("customer.short", "it gives 1 values for 2 customers")],
)
def test_a_fact_that_fails_breaks_the_rules_that_ask_it(name, reason):
    plan, refused = without_failing(asked(a=name, b="customer.points"), GIVEN, NOW)

    assert list(plan.roots) == ["b"]
    assert plan.segments == {"b": "b"}
    assert {key: str(error) for key, error in refused.items()} == {"a": f"/: the fact {name} cannot be worked out: {reason}"}


def test_ranks_ask_facts_too_and_members_none():
    ranked = RankLeaf(Ranking("customer.failing", True, True, Fraction(10)))
    plan = replace(asked(), roots={"a": Branch("and", (ranked,)), "b": Branch("and", (MemberLeaf("a"),))})

    left, refused = without_failing(plan, GIVEN, NOW)
    assert (list(left.roots), list(refused)) == (["b"], ["a"])


def test_who_cannot_do_without_a_rule_is_told():
    demand_working(asked(a="customer.doubled"), GIVEN, NOW)

    with pytest.raises(RuleError, match=r"the fact customer\.short cannot be worked out: it gives 1 values for 2 customers"):
        demand_working(asked(a="customer.doubled", b="customer.short"), GIVEN, NOW)
