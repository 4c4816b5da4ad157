from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from segmentation.rest.segments.rule_schema import COMPONENTS
from segmentation.rules import Rule, dump
from tests.rest.segments.conftest import RULE
from tests.rules.strategies import RULES

SCHEMA = {"$ref": "#/components/schemas/Rule", "components": {"schemas": COMPONENTS}}
VALIDATOR = Draft202012Validator(SCHEMA)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RULES)
def test_every_rule_fits(rule: Rule) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(dump(rule))] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"rules": []},
        {"combinator": "xor"},
        {"owner": "me"},
        {"rules": [{"kind": "attribute", "field": "customer.country"}]},
        {"rules": [{"kind": "mood", "field": "customer.country", "operator": "is_set"}]},
        {"rules": [{**RULE["rules"][0], "measure": "median"}]},
        {"rules": [{**RULE["rules"][0], "window": {"last": -1, "unit": "day"}}]},
    ],
)
def test_what_is_none_does_not(changes: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(RULE)
    assert not VALIDATOR.is_valid({**RULE, **changes})
