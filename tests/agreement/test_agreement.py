"""The kernel means what the specification says: it agrees with the oracle on random rules, shops and moments."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.engine.bind import Others, bind
from segmentation.kernel.evaluate import cutoffs, evaluate
from segmentation.kernel.evidence import evidence
from segmentation.kernel.prior import Prior
from segmentation.kernel.truth import Truth
from segmentation.rules import dump, format_rule, load, parse
from segmentation.rules.tree import leaves
from tests.agreement.before import prior_of
from tests.agreement.world import alone, people_of, shop_of
from tests.oracle import OracleShop, leaf_truths, truth
from tests.oracle.consent import CONSENTS
from tests.oracle.prior import Prior as Before
from tests.oracle.prior_strategies import STORED
from tests.oracle.strategies import batches, cases, prior_cases, time_cases

EXAMPLES = int(os.environ.get("AGREEMENT_EXAMPLES", "60"))
"""`AGREEMENT_EXAMPLES=20000 pytest tests/agreement` searches longer."""

thorough = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
brief = settings(thorough, max_examples=min(EXAMPLES, 200))
"""For what is compared with itself, not with the oracle."""

consents = st.sampled_from(CONSENTS)

Batch = tuple[list[dict[str, Any]], OracleShop, datetime]
Case = tuple[dict[str, Any], OracleShop, datetime]
PriorCase = tuple[dict[str, dict[str, Any]], OracleShop, datetime, Before]


@thorough
@given(batches(), consents)
def test_the_kernel_agrees_with_the_oracle(batch: Batch, consent: str) -> None:
    definitions, oracle, now = batch
    truths, keys = everyone(batch, consent)
    for number, definition in enumerate(definitions):
        expected = [truth(definition, oracle, key, now, consent=consent) for key in keys]
        assert [truths[number].of(index) for index in range(len(keys))] == expected, definition


@thorough
@given(time_cases(), consents)
def test_the_kernel_agrees_with_the_oracle_at_the_edges_of_days(case: Case, consent: str) -> None:
    definition, oracle, now = case
    truths, keys = everyone(([definition], oracle, now), consent)
    assert [truths[0].of(index) for index in range(len(keys))] == [
        truth(definition, oracle, key, now, consent=consent) for key in keys
    ]


@brief
@given(batches(), consents)
def test_live_columns_and_full_columns_give_the_same_answers(batch: Batch, consent: str) -> None:
    definitions, oracle, now = batch
    shop = shop_of(oracle, consent)
    plan = bind(dict(enumerate(map(load, definitions))), shop.catalogue, shop.calendar)
    truths, keys = everyone(batch, consent)
    # A ranking is cut off over everyone, whoever is asked about.
    prior = Prior(cutoffs=cutoffs(plan, shop.columns(people_of(oracle)[0], plan.needs()), now))
    for index, key in enumerate(keys):
        answers = evaluate(plan, shop.live_columns(alone(oracle, key), plan.needs()), now, prior)
        assert {number: one.of(0) for number, one in answers.items()} == {number: one.of(index) for number, one in truths.items()}


@thorough
@given(prior_cases(), consents)
def test_the_kernel_agrees_with_the_oracle_on_what_was_before(case: PriorCase, consent: str) -> None:
    definitions, oracle, now, before = case
    shop = shop_of(oracle, consent)
    people, keys = people_of(oracle)
    others = Others(dict.fromkeys((*definitions, STORED), "live"), {slug: slug for slug in definitions})
    plan = bind({slug: load(definition) for slug, definition in definitions.items()}, shop.catalogue, shop.calendar, others)
    truths = evaluate(plan, shop.columns(people, plan.needs()), now, prior_of(before, keys))
    for slug, definition in definitions.items():
        expected = [truth(definition, oracle, key, now, before.of(slug), consent) for key in keys]
        assert [truths[slug].of(index) for index in range(len(keys))] == expected, definition


@brief
@given(prior_cases(), consents)
def test_one_at_a_time_equals_everyone_given_the_same_prior(case: PriorCase, consent: str) -> None:
    """Incremental equals full."""
    definitions, oracle, now, before = case
    shop = shop_of(oracle, consent)
    people, keys = people_of(oracle)
    others = Others(dict.fromkeys((*definitions, STORED), "live"), {slug: slug for slug in definitions})
    plan = bind({slug: load(definition) for slug, definition in definitions.items()}, shop.catalogue, shop.calendar, others)
    columns = shop.columns(people, plan.needs())
    prior = replace(prior_of(before, keys), cutoffs=cutoffs(plan, columns, now))
    full = evaluate(plan, columns, now, prior)
    for index, key in enumerate(keys):
        hers = replace(prior_of(before, [key]), cutoffs=prior.cutoffs)
        found = evaluate(plan, shop.live_columns(alone(oracle, key), plan.needs()), now, hers)
        assert {slug: one.of(0) for slug, one in found.items()} == {slug: one.of(index) for slug, one in full.items()}


@brief
@given(cases(), consents)
def test_evidence_tells_the_truth_of_each_leaf(case: Case, consent: str) -> None:
    definition, oracle, now = case
    rule = load(definition)
    shop = shop_of(oracle, consent)
    plan = bind({"": rule}, shop.catalogue, shop.calendar)
    people, keys = people_of(oracle)
    columns = shop.columns(people, plan.needs())
    for index, key in enumerate(keys):
        found = evidence(plan, "", columns, index, now)
        told = {path: one.truth for (path, _), one in zip(leaves(rule), found.leaves, strict=True)}
        assert told == leaf_truths(definition, oracle, key, now, consent=consent)
        assert found.truth == truth(definition, oracle, key, now, consent=consent)


@brief
@given(cases())
def test_text_means_what_the_stored_rule_means(case: Case) -> None:
    definition, _, _ = case
    rule = load(definition)
    assert load(dump(rule)) == rule
    assert parse(format_rule(rule)).root == rule.root


def everyone(batch: Batch, consent: str) -> tuple[dict[int, Truth], list[str]]:
    """The truths of all definitions, bound to one plan, and the keys of the people in order."""
    definitions, oracle, now = batch
    shop = shop_of(oracle, consent)
    plan = bind(dict(enumerate(map(load, definitions))), shop.catalogue, shop.calendar)
    people, keys = people_of(oracle)
    columns = shop.columns(people, plan.needs())
    return dict(evaluate(plan, columns, now)), keys
