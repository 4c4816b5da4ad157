"""A stored rule, one person, one moment: true, false or unknown. Plain recursion over the JSON, nothing shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .entry import enter, same_currency
from .kleene import Truth, conjunction, disjunction, negation
from .measures import MEASURES, measured_kind
from .moments import Clock
from .operators import compare
from .rows import EnteredRow, rows_of
from .shop import OracleShop
from .windows import in_window

Node = Mapping[str, Any]

COMBINATORS = {"and": conjunction, "or": disjunction}
IF_UNKNOWN: dict[str, Truth] = {"unknown": None, "no": False, "yes": True}


@dataclass(frozen=True)
class Case:
    """Whom a rule is asked about, and when."""

    shop: OracleShop
    person_key: str
    clock: Clock


def truth(definition: Node, shop: OracleShop, person_key: str, now: datetime) -> Truth:
    """Whether the person is in: true, false, or None for unknown.

    Raises KeyError when nobody has that key, and KeyError, TypeError or ValueError for a definition that is not valid.
    """
    return node_truth(checked(definition, shop), case_of(shop, person_key, now))


def members(definition: Node, shop: OracleShop, now: datetime) -> set[str]:
    """The keys of the people for whom the root is true."""
    return {person["key"] for person in shop.people if truth(definition, shop, person["key"], now) is True}


def leaf_truths(definition: Node, shop: OracleShop, person_key: str, now: datetime) -> dict[str, Truth]:
    """RFC 6901 pointer of each leaf -> its truth after `if_unknown`."""
    case = case_of(shop, person_key, now)
    return {pointer: node_truth(leaf, case) for pointer, leaf in leaves(checked(definition, shop), "")}


def case_of(shop: OracleShop, person_key: str, now: datetime) -> Case:
    shop.person(person_key)
    return Case(shop, person_key, Clock.at(now, shop.zone))


def checked(definition: Node, shop: OracleShop) -> Node:
    """The definition itself. Raises ValueError for another version, semantics or base currency than the shop's."""
    if (definition.get("version"), definition.get("semantics")) != (1, 1):
        raise ValueError("only version 1 with semantics 1 is known")
    if not same_currency(definition.get("base_currency", shop.base_currency), shop.base_currency):
        raise ValueError("the rule was made for another base currency: it is broken")
    return definition


def leaves(node: Node, pointer: str) -> Iterator[tuple[str, Node]]:
    if "rules" not in node:
        yield pointer, node
        return
    for place, child in enumerate(node["rules"]):
        yield from leaves(child, f"{pointer}/rules/{place}")


def group_truth(group: Node, ask: Callable[[Node], Truth]) -> Truth:
    """The truth of a group, given how its nodes are answered. Raises ValueError for an empty group."""
    if not group["rules"]:
        raise ValueError("an empty group means nothing")
    answers = [ask(node) for node in group["rules"]]
    combined = COMBINATORS[group.get("combinator", "and")](answers)
    return negation(combined) if group.get("not", False) else combined


def node_truth(node: Node, case: Case) -> Truth:
    if "rules" in node:
        return group_truth(node, lambda child: node_truth(child, case))
    answer = LEAVES[node["kind"]](node, case)
    return IF_UNKNOWN[node.get("if_unknown") or "unknown"] if answer is None else answer


def attribute(leaf: Node, case: Case) -> Truth:
    """A fact of the person: `customer.country`."""
    field = leaf["field"]
    raw = case.shop.person(case.person_key).get(field.removeprefix("customer."))
    return compare(case.shop.kinds[field], enter(raw, field, case.shop), leaf, case.clock)


def behaviour(leaf: Node, case: Case) -> Truth:
    """A measure over the rows of a relation that match its `where` and its `window`."""
    relation, of = leaf["field"], leaf.get("of")
    matching = matching_rows(leaf, case)
    measured = MEASURES[leaf["measure"]]([row.values[of] if of else None for row in matching])
    kind = measured_kind(leaf["measure"], case.shop.kinds[f"{relation}.{of}"] if of else None)
    return compare(kind, measured, leaf, case.clock)


def matching_rows(leaf: Node, case: Case) -> list[EnteredRow]:
    found = []
    for row in rows_of(leaf["field"], case.person_key, case.shop):
        if in_window(row.at, leaf.get("window"), case.clock) and row_counts(row, leaf, case):
            found.append(row)
    return found


def row_counts(row: EnteredRow, leaf: Node, case: Case) -> bool:
    """A row counts only if its whole test is true: an unknown test keeps it out."""
    where = leaf.get("where")
    return where is None or row_truth(where, row, leaf["field"], case) is True


def row_truth(node: Node, row: EnteredRow, relation: str, case: Case) -> Truth:
    if "rules" in node:
        return group_truth(node, lambda child: row_truth(child, row, relation, case))
    column = node["field"]
    return compare(case.shop.kinds[f"{relation}.{column}"], row.values[column], node, case.clock)


LEAVES: dict[str, Callable[[Node, Case], Truth]] = {"attribute": attribute, "behaviour": behaviour}
