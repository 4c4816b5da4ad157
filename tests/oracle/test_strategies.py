from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from . import OracleShop, Prior, leaf_truths, members, truth
from .evaluate import LEAVES
from .groups import COMBINATORS
from .instants import ZONES, offset_changes
from .matching import QUANTIFIERS
from .measures import MEASURES
from .operators import OPERATORS
from .pattern import PATTERNS
from .rows import RELATIONS
from .rule_strategies import MOST_LEAVES, conditions_in
from .rule_values import VALUES
from .schema import SCHEMA
from .shop import VISITOR
from .strategies import batches, cases, definitions, moments, prior_cases, shops, time_cases
from .windows import WINDOWS
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


Several = tuple[Mapping[str, dict[str, Any]], OracleShop, datetime, Prior]


@FEW
@given(prior_cases())
def test_segments_that_refer_to_each_other_can_be_answered(case: Several) -> None:
    asked, shop, now, prior = case
    assert prior.slug is None
    assert prior.definitions == asked
    for slug, definition in asked.items():
        for person in shop.people:
            answer = truth(definition, shop, person["key"], now, prior.of(slug))
            assert answer in (True, False, None)
            assert (answer is True) == (person["key"] in members(definition, shop, now, prior.of(slug)))


@FEW
@given(prior_cases())
def test_segments_refer_to_earlier_ones_and_to_one_that_is_stored_only(case: Several) -> None:
    asked, _, now, prior = case
    for place, definition in enumerate(asked.values()):
        referred = {part["segment"] for part in parts(definition) if part.get("kind") == "member"}
        assert referred <= {*list(asked)[:place], "frozen"}
    for (slug, _), standing in prior.standings.items():
        assert standing.since is None or standing.since <= now
        assert standing.left is None or standing.left <= (standing.since or now)
        assert slug != "frozen" or standing.word is None


def parts(stored: Any) -> Iterator[dict[str, Any]]:
    """Every object in a stored rule."""
    if isinstance(stored, dict):
        yield stored
    for child in stored.values() if isinstance(stored, dict) else stored if isinstance(stored, list) else ():
        yield from parts(child)


def steady_ranks(node: dict[str, Any], *, steady: bool = True) -> Iterator[tuple[bool, dict[str, Any]]]:
    """Each rank, and whether nothing but non-negated `and` stands between it and the root."""
    if node.get("kind") == "rank":
        yield steady, node
    below = steady and node.get("combinator") == "and" and not node.get("not")
    for child in node.get("rules", ()):
        yield from steady_ranks(child, steady=below)


NAMES = ("kind", "measure", "quantifier", "combinator", "pattern", "which", "operator")


def test_the_whole_language_is_drawn() -> None:
    """Every leaf, measure, window … that the oracle answers; and operators of every kind."""
    drawn: dict[str, set[Any]] = {name: set() for name in (*NAMES, "window", "relation", "key")}

    @settings(max_examples=400, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(definitions(SCHEMA, segments=("vip",)))
    def look(definition: dict[str, Any]) -> None:
        for part in parts(definition):
            drawn["key"].update(part)
            drawn["window"].update(part.get("window", ()))
            drawn["relation"].add(part.get("field"))
            for name in NAMES:
                drawn[name].add(part.get(name))

    look()
    assert drawn["kind"] == {None, *LEAVES}
    assert drawn["measure"] == {None, *MEASURES}
    assert drawn["quantifier"] == {None, *QUANTIFIERS}
    assert drawn["combinator"] == {None, *COMBINATORS}
    assert drawn["pattern"] == {None, *PATTERNS}
    assert drawn["which"] == {None, "first", "last", 1, 2, 3}
    assert drawn["window"] == {*WINDOWS, "since_last", "where", "unit"}
    assert set(RELATIONS) - {"products"} | {"score.clv", "score.wants_P1"} <= drawn["relation"]
    assert [kind for kind, operators in OPERATORS.items() if drawn["operator"].isdisjoint(operators)] == []
    assert {"top", "bottom", "top_percent", "bottom_percent", "in", "not_in", "is_set", "is_not_set"} <= drawn["operator"]
    assert {"leave_at", "min_stay", "for_at_least", "entered", "within", "not_then", "test", "salt", "n", "not"} <= drawn["key"]


@FEW
@given(prior_cases())
def test_definitions_keep_the_limits_of_what_is_stored(case: Several) -> None:
    for definition in case[0].values():
        assert conditions_in(definition) <= MOST_LEAVES
        for steady, rank in steady_ranks(definition):
            assert steady or not {"leave_at", "min_stay"} & set(rank)
            assert Decimal(rank.get("leave_at", rank["value"])) >= Decimal(rank["value"])
        for part in parts(definition):
            assert None not in part.values()
            assert part.get("not") is not False
            assert part.get("if_unknown") != "unknown"
            assert part.get("measure") != "share" or "where" in part
            since_last = part.get("window", {}).get("since_last")
            assert since_last not in {part.get("field"), *(step["field"] for step in part.get("steps", ()))} or since_last is None
            assert part.get("combinator") != "at_least" or 1 <= part["n"] <= len(part["rules"])


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
    visitors = {person["key"] for person in shop.people if person["key"].startswith(VISITOR)}
    customers = {person["key"] for person in shop.people} - visitors
    assert len(customers) <= 6
    assert len(visitors) <= 2
    assert set(shop.merged.values()) <= customers
    assert shop.merged.keys().isdisjoint(visitors)
    assert shop.consented <= customers | visitors
    assert all(scores.keys() <= customers | visitors for scores in shop.scores.values())
    assert max(map(len, shop.relations.values())) <= 12
    given_kinds = {field.partition(".")[0] for field in shop.kinds}
    assert given_kinds == {"customer", "score", "spend", *shop.relations}
    for relation, rows in shop.relations.items():
        keys = [row.get("pk", row.get(f"{relation[:-1]}_id")) for row in rows]
        assert len(set(keys)) == len(keys)
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
