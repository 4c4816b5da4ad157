"""A stored rule, one person, one moment: true, false or unknown. Plain recursion over the JSON, nothing shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from .bucket import bucket
from .consent import may_ask
from .entry import same_currency
from .facts import attribute, behaviour
from .groups import Node, group_truth
from .kleene import Truth
from .matching import Case
from .member import member
from .moments import Clock
from .nth import nth
from .pattern import pattern
from .prior import NOTHING_BEFORE, Prior
from .rank import rank
from .sequence import sequence
from .shop import OracleShop

IF_UNKNOWN: dict[str, Truth] = {"unknown": None, "no": False, "yes": True}


def truth(
    definition: Node, shop: OracleShop, person_key: str, now: datetime, prior: Prior = NOTHING_BEFORE, consent: str = "none"
) -> Truth:
    """Whether the person is in: true, false, or None for unknown. The owner's word in `prior` is not on top of it.

    `consent` is what takes consent to profiling: "none", "activity" or "all".
    Raises KeyError when nobody has that key, and KeyError, TypeError or ValueError for a definition that is not valid.
    """
    return node_truth(checked(definition, shop), case_of(shop, person_key, now, prior, consent))


def members(definition: Node, shop: OracleShop, now: datetime, prior: Prior = NOTHING_BEFORE, consent: str = "none") -> set[str]:
    """The keys of the people for whom the root is true."""
    return {person["key"] for person in shop.people if truth(definition, shop, person["key"], now, prior, consent) is True}


def leaf_truths(
    definition: Node, shop: OracleShop, person_key: str, now: datetime, prior: Prior = NOTHING_BEFORE, consent: str = "none"
) -> dict[str, Truth]:
    """RFC 6901 pointer of each leaf -> its truth after `if_unknown`."""
    case = case_of(shop, person_key, now, prior, consent)
    return {pointer: node_truth(leaf, case) for pointer, leaf in leaves(checked(definition, shop), "")}


def case_of(shop: OracleShop, person_key: str, now: datetime, prior: Prior, consent: str) -> Case:
    shop.person(person_key)
    return Case(shop, person_key, Clock.at(now, shop.zone, shop.first_weekday), prior, consent)


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


def node_truth(node: Node, case: Case) -> Truth:
    if "rules" in node:
        return group_truth(node, lambda child: node_truth(child, case))
    # A rank asks for consent itself: a visitor is in none, whether she may be asked or not.
    is_asked = node["kind"] == "rank" or may_ask(node, case)
    answer = LEAVES[node["kind"]](node, case) if is_asked else None
    return IF_UNKNOWN[node.get("if_unknown") or "unknown"] if answer is None else answer


def member_of_another(leaf: Node, case: Case) -> Truth:
    """The other segment is asked first, if it is answered together with this one."""
    slug = leaf["segment"]
    definition = case.prior.definitions.get(slug)
    if definition is None:
        return member(leaf, case, answer=None)
    theirs = replace(case, prior=case.prior.of(slug))
    return member(leaf, case, answer=node_truth(checked(definition, case.shop), theirs) is True)


LEAVES: dict[str, Callable[[Node, Case], Truth]] = {
    "attribute": attribute,
    "behaviour": behaviour,
    "nth": nth,
    "rank": rank,
    "member": member_of_another,
    "bucket": bucket,
    "sequence": sequence,
    "pattern": pattern,
}
