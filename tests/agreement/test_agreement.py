"""The kernel means what the specification says: it agrees with the oracle on random rules, shops and moments."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, given, settings

from segmentation.engine.bind import bind
from segmentation.kernel.evaluate import evaluate
from segmentation.kernel.evidence import evidence
from segmentation.kernel.truth import Truth
from segmentation.rules import dump, format_rule, load, parse
from segmentation.rules.tree import leaves
from segmentation.store import People, build, live
from tests.agreement.world import people_of, shop_of
from tests.oracle import OracleShop, leaf_truths, truth
from tests.oracle.strategies import batches, cases, time_cases

EXAMPLES = int(os.environ.get("AGREEMENT_EXAMPLES", "60"))
"""`AGREEMENT_EXAMPLES=20000 pytest tests/agreement` searches longer."""

thorough = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

Batch = tuple[list[dict[str, Any]], OracleShop, datetime]
Case = tuple[dict[str, Any], OracleShop, datetime]


@thorough
@given(batches())
def test_the_kernel_agrees_with_the_oracle(batch: Batch) -> None:
    definitions, oracle, now = batch
    truths, keys = everyone(batch)
    for number, definition in enumerate(definitions):
        expected = [truth(definition, oracle, key, now) for key in keys]
        assert [truths[number].of(index) for index in range(len(keys))] == expected, definition


@thorough
@given(time_cases())
def test_the_kernel_agrees_with_the_oracle_at_the_edges_of_days(case: Case) -> None:
    definition, oracle, now = case
    truths, keys = everyone(([definition], oracle, now))
    assert [truths[0].of(index) for index in range(len(keys))] == [truth(definition, oracle, key, now) for key in keys]


@thorough
@given(batches())
def test_live_columns_and_full_columns_give_the_same_answers(batch: Batch) -> None:
    definitions, oracle, now = batch
    shop = shop_of(oracle)
    plan = bind(dict(enumerate(map(load, definitions))), shop.catalogue, shop.calendar)
    truths, keys = everyone(batch)
    for index, key in enumerate(keys):
        alone = People.of([(1, "user", key, "")])
        answers = evaluate(plan, live(shop.source, alone, plan.needs(), shop.catalogue, shop.calendar, using="default"), now)
        assert {number: one.of(0) for number, one in answers.items()} == {number: one.of(index) for number, one in truths.items()}


@thorough
@given(cases())
def test_evidence_tells_the_truth_of_each_leaf(case: Case) -> None:
    definition, oracle, now = case
    rule = load(definition)
    shop = shop_of(oracle)
    plan = bind({"": rule}, shop.catalogue, shop.calendar)
    people, keys = people_of(oracle)
    columns = build(shop.source, people, plan.needs(), shop.catalogue, shop.calendar)
    for index, key in enumerate(keys):
        found = evidence(plan, "", columns, index, now)
        told = {path: one.truth for (path, _), one in zip(leaves(rule), found.leaves, strict=True)}
        assert told == leaf_truths(definition, oracle, key, now)
        assert found.truth == truth(definition, oracle, key, now)


@thorough
@given(cases())
def test_text_means_what_the_stored_rule_means(case: Case) -> None:
    definition, _, _ = case
    rule = load(definition)
    assert load(dump(rule)) == rule
    assert parse(format_rule(rule)).root == rule.root


def everyone(batch: Batch) -> tuple[dict[int, Truth], list[str]]:
    """The truths of all definitions, bound to one plan, and the keys of the people in order."""
    definitions, oracle, now = batch
    shop = shop_of(oracle)
    plan = bind(dict(enumerate(map(load, definitions))), shop.catalogue, shop.calendar)
    people, keys = people_of(oracle)
    columns = build(shop.source, people, plan.needs(), shop.catalogue, shop.calendar)
    return dict(evaluate(plan, columns, now)), keys
