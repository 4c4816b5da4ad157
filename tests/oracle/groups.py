"""A group of nodes, of a rule and of a `where` alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .kleene import Truth, at_least, conjunction, disjunction, negation

Node = Mapping[str, Any]

COMBINATORS: dict[str, Callable[[Node, Sequence[Truth]], Truth]] = {
    "and": lambda group, answers: conjunction(answers),
    "or": lambda group, answers: disjunction(answers),
    "at_least": lambda group, answers: at_least(wanted(group), answers),
}


def wanted(group: Node) -> int:
    """How many of an at_least must hold. Raises ValueError beyond its rules."""
    n = int(group["n"])
    if not 1 <= n <= len(group["rules"]):
        raise ValueError(f"at least {n} of {len(group['rules'])} means nothing")
    return n


def group_truth(group: Node, ask: Callable[[Node], Truth]) -> Truth:
    """The truth of a group, given how its nodes are answered. Raises ValueError for an empty group."""
    if not group["rules"]:
        raise ValueError("an empty group means nothing")
    answers = [ask(node) for node in group["rules"]]
    combined = COMBINATORS[group.get("combinator", "and")](group, answers)
    return negation(combined) if group.get("not", False) else combined
