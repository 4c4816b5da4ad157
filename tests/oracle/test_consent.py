from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from . import OracleShop, Prior, Standing, leaf_truths, truth
from .worlds import ALICE, all_of, asks, at, attribute, behaviour, days, event, order, rule, shop

NOW = at("2024-06-12T10:00")
VISITOR = "visitor:1"
VISITED = behaviour("events", "count", ">=", "1")
BOUGHT = behaviour("orders", "count", ">=", "1")
RANK = {"kind": "rank", "field": "events", "measure": "count", "operator": "top", "value": "1"}
WORLD = shop(order(1, "2024-06-01T10:00"), more={"events": (event("view", "2024-06-01T10:00"),)}, country="FR")
AGREED = replace(WORLD, consented=frozenset({ALICE}))


def asked(leaf: dict[str, Any], consent: str, world: OracleShop = WORLD, person: str = ALICE) -> bool | None:
    return truth(rule(leaf), world, person, NOW, consent=consent)


@pytest.mark.parametrize(("consent", "visited", "bought"), [("none", True, True), ("activity", None, True), ("all", None, None)])
def test_what_takes_consent_is_unknown_without_it(consent: str, visited: bool | None, bought: bool | None) -> None:
    assert (asked(VISITED, consent), asked(BOUGHT, consent)) == (visited, bought)
    assert (asked(VISITED, consent, AGREED), asked(BOUGHT, consent, AGREED)) == (True, True)


def test_events_that_are_business_are_no_activity() -> None:
    world = replace(WORLD, transactional=True)
    assert (asked(VISITED, "activity", world), asked(VISITED, "all", world)) == (True, None)


@pytest.mark.parametrize(
    "leaf",
    [
        {"kind": "nth", "field": "events", "which": "first", "test": all_of(asks("kind", "=", "view"))},
        {"kind": "pattern", "field": "events", "pattern": "first_time", "period": days(30)},
        {"kind": "sequence", "steps": [{"field": "orders"}, {"field": "events"}]},
        {"kind": "sequence", "steps": [{"field": "orders"}], "not_then": {"field": "events"}},
        behaviour("orders", "count", "=", "0", window={"since_last": "events"}),
        RANK,
    ],
)
def test_every_leaf_over_activity(leaf: dict[str, Any]) -> None:
    assert asked(leaf, "activity") is None
    assert asked(leaf, "activity", AGREED) is not None


SCORE = {"kind": "attribute", "field": "score.clv", "operator": ">=", "value": "1"}
BY_SCORE = {"kind": "rank", "field": "score.clv", "operator": "top", "value": "1"}


@pytest.mark.parametrize("leaf", [SCORE, BY_SCORE])
def test_a_score_takes_consent_where_anything_does(leaf: dict[str, Any]) -> None:
    world = replace(WORLD, scores={"clv": {ALICE: Decimal("1.5")}}, transactional=True)
    agreed = replace(world, consented=frozenset({ALICE}))
    assert [asked(leaf, consent, world) for consent in ("none", "activity", "all")] == [True, None, None]
    assert [asked(leaf, consent, agreed) for consent in ("none", "activity", "all")] == [True, True, True]


@pytest.mark.parametrize(
    "leaf",
    [
        attribute("country", "=", "FR"),
        {"kind": "bucket", "salt": "spring", "from": 0, "to": 99},
        {"kind": "member", "segment": "vip", "operator": "not_in"},
        {"kind": "rank", "field": "customer.points", "operator": "top", "value": "1", "if_unknown": "no"},
    ],
)
def test_nothing_else_takes_consent(leaf: dict[str, Any]) -> None:
    assert asked(leaf, "all") is not None


def test_if_unknown_comes_after() -> None:
    assert asked({**VISITED, "if_unknown": "yes"}, "activity") is True
    assert leaf_truths(rule({**VISITED, "if_unknown": "no"}), WORLD, ALICE, NOW, consent="activity") == {"/rules/0": False}


def test_who_may_not_be_asked_has_no_place() -> None:
    events = (*WORLD.rows("events"), *(event("view", "2024-06-02T10:00", person="user:2") for _ in range(2)))
    world = replace(
        AGREED, people=(*WORLD.people, {"key": "user:2"}, {"key": VISITOR}), relations={**WORLD.relations, "events": events}
    )
    assert [asked(RANK, "activity", world, key) for key in (ALICE, "user:2", VISITOR)] == [True, None, False]
    assert [asked(RANK, "none", world, key) for key in (ALICE, "user:2", VISITOR)] == [False, True, False]


def test_nobody_stays_unasked() -> None:
    standings = {("vip", key): Standing(at("2024-06-11T10:00")) for key in (ALICE, VISITOR)}
    world = replace(WORLD, people=(*WORLD.people, {"key": VISITOR}))
    kept = rule({**RANK, "min_stay": days(30)})
    prior = Prior("vip", {}, standings)
    assert [truth(kept, world, key, NOW, prior, "activity") for key in (ALICE, VISITOR)] == [None, False]


def test_rows_of_a_merged_visitor_are_the_persons() -> None:
    events = (event("view", "2024-06-01T10:00", person=VISITOR),)
    world = replace(AGREED, relations={**WORLD.relations, "events": events})
    assert asked(VISITED, "activity", world) is False
    assert asked(VISITED, "activity", replace(world, merged={VISITOR: ALICE})) is True
