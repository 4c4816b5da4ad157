"""Computed facts are the shop's own code: one that fails breaks the rules that ask it, and no others."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime

from segmentation.errors import Problem, RuleError
from segmentation.kernel.columns import Columns
from segmentation.kernel.plan import AnyLeaf, Computed, Leaf, Plan, RankLeaf, leaves_of

TEMPLATE = "the fact %(name)s cannot be worked out: %(reason)s"


def without_failing(plan: Plan, columns: Columns, now: datetime) -> tuple[Plan, dict[Hashable, RuleError]]:
    """The plan without the rules that ask a computed fact that fails, and what is wrong with each of them."""
    asked = {key: {_asked(leaf) for leaf in leaves_of(root)} & plan.computed.keys() for key, root in plan.roots.items()}
    reasons = {name: _reason(plan.computed[name], plan, columns, now) for name in set().union(*asked.values())}
    failing = {name: reason for name, reason in reasons.items() if reason}
    refused = {
        key: RuleError(Problem("", TEMPLATE, {"name": name, "reason": failing[name]}) for name in sorted(names & failing.keys()))
        for key, names in asked.items()
        if names & failing.keys()
    }
    return (plan.without(refused.keys()), refused) if refused else (plan, {})


def demand_working(plan: Plan, columns: Columns, now: datetime) -> None:
    """Raise RuleError if a rule of the plan asks a computed fact that fails."""
    _, refused = without_failing(plan, columns, now)
    for error in refused.values():
        raise error


def _asked(leaf: AnyLeaf) -> str:
    """The fact of the customer that a leaf asks; "" where it asks none."""
    asked = leaf.ranking.asked if isinstance(leaf, RankLeaf) else leaf.asked if isinstance(leaf, Leaf) else ""
    return asked if isinstance(asked, str) else ""


def _reason(fact: Computed, plan: Plan, columns: Columns, now: datetime) -> str:
    """Why a fact cannot be worked out; "" where it can."""
    try:
        inputs = {name: columns.attribute(name) for name in fact.inputs}
        found = len(fact.function(inputs, now, plan.calendar).known)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "" if found == columns.size else f"it gives {found} values for {columns.size} customers"
