from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from . import OracleShop, leaf_truths, members, truth
from .instants import ZONES, offset_changes
from .operators import OPERATORS
from .rule_values import VALUES
from .schema import SCHEMA
from .strategies import batches, cases, definitions, moments, shops, time_cases
from .worlds import at

Case = tuple[dict[str, Any], OracleShop, datetime]
FEW = settings(max_examples=30, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


def nodes(node: dict[str, Any], depth: int = 1) -> Iterator[tuple[int, dict[str, Any]]]:
    yield depth, node
    for child in node.get("rules", ()):
        yield from nodes(child, depth + 1)


def test_every_operator_of_every_kind_is_drawn() -> None:
    assert {kind: set(VALUES[kind]) for kind in OPERATORS} == {kind: set(OPERATORS[kind]) for kind in OPERATORS}


@FEW
@given(st.one_of(cases(), time_cases()))
def test_cases_can_be_answered(case: Case) -> None:
    definition, shop, now = case
    for person in shop.people:
        answer = truth(definition, shop, person["key"], now)
        assert answer in (True, False, None)
        assert (answer is True) == (person["key"] in members(definition, shop, now))
        assert set(leaf_truths(definition, shop, person["key"], now).values()) <= {True, False, None}


@FEW
@given(definitions(SCHEMA, "KWD"))
def test_definitions_are_stored_json_without_floats(definition: dict[str, Any]) -> None:
    assert json.loads(json.dumps(definition), parse_float=lambda text: 1 / 0) == definition
    assert definition["base_currency"] == "KWD"
    assert all(node.get("rules", [True]) for _, node in nodes(definition))
    assert max(depth for depth, node in nodes(definition) if "rules" in node) <= 4


@FEW
@given(batches(most=3))
def test_batches_have_several_rules_for_one_shop(batch: tuple[list[dict[str, Any]], OracleShop, datetime]) -> None:
    rules, shop, now = batch
    assert [rule["base_currency"] for rule in rules] == [shop.base_currency] * 3
    assert now.tzinfo is not None


@FEW
@given(st.data())
def test_shops_are_small_and_their_moments_aware(data: st.DataObject) -> None:
    shop = data.draw(shops())
    assert len(shop.people) <= 6
    assert len(shop.relations["orders"]) <= 12
    assert ("refunds.amount" in shop.kinds) == ("refunds" in shop.relations)
    assert data.draw(moments(shop)).tzinfo is not None


def test_the_nights_when_clocks_change_are_among_the_moments() -> None:
    assert at("2024-04-25T22:00") in offset_changes("Africa/Cairo")
    assert at("2024-11-03T05:00") in offset_changes("America/Havana")
    assert {zone: len(offset_changes(zone)) for zone in ZONES} == {zone: 0 if zone == "Asia/Tokyo" else 6 for zone in ZONES}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]


def test_the_oracle_is_written_with_the_standard_library_alone() -> None:
    allowed = {*sys.stdlib_module_names, "hypothesis", "pytest"}
    modules = sorted(Path(__file__).parent.glob("*.py"))
    assert {(path.name, name) for path in modules for name in imported(path) if name not in allowed} == set()
    evaluator = [path for path in modules if "strategies" not in path.name and "test_" not in path.name]
    drawing = {path.name for path in evaluator if "hypothesis" in imported(path)}
    assert drawing == {"instants.py", "rule_values.py"}
