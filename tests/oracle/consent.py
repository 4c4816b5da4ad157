"""Consent to profiling: of somebody who did not give it, what she did is not asked, nor what was predicted from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .groups import Node
from .matching import Case
from .schema import SCORE

CONSENTS = ("none", "activity", "all")
"""What takes consent: nothing, activity, or all that somebody did."""


def may_ask(leaf: Node, case: Case) -> bool:
    """Whether the leaf may be asked of the person. No recorded consent is no consent."""
    return case.person_key in case.shop.consented or not any(takes_consent(each, case) for each in relations_asked(leaf))


def takes_consent(relation: str, case: Case) -> bool:
    """Activity is `events`, unless they are part of doing business. A score may be made of it."""
    is_activity = relation == SCORE or (relation == "events" and not case.shop.transactional)
    return case.consent == "all" or (case.consent == "activity" and is_activity)


def relations_asked(leaf: Node) -> set[str]:
    """Of which relations it looks at rows; none for a fact of the person, but for a score, a member and a bucket."""
    asked = set(ASKED[leaf["kind"]](leaf)) if leaf["kind"] in ASKED else set()
    window = leaf.get("window") or {}
    return asked | ({window["since_last"]} if "since_last" in window else set())


def of_fact(leaf: Any) -> list[str]:
    return [SCORE] if leaf["field"].partition(".")[0] == SCORE else []


ASKED: Mapping[str, Callable[[Any], list[str]]] = {
    "attribute": of_fact,
    "behaviour": lambda leaf: [leaf["field"]],
    "nth": lambda leaf: [leaf["field"]],
    "pattern": lambda leaf: [leaf["field"]],
    "rank": lambda leaf: [leaf["field"]] if "measure" in leaf else of_fact(leaf),
    "sequence": lambda leaf: [step["field"] for step in (*leaf["steps"], *filter(None, [leaf.get("not_then")]))],
}
