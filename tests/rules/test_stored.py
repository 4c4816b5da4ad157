from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from segmentation.errors import RuleError
from segmentation.rules import Rule, dump, dumps, load, loads, tree
from segmentation.rules.limits import MAX_BYTES, MAX_LEAVES
from segmentation.rules.stored import check_limits
from segmentation.rules.tree import Attribute, Behaviour, Duration, Group, Last
from tests.rules.definitions import FRENCH, FREQUENT, LARGE, attribute, problems, root
from tests.rules.strategies import RULES


def test_a_rule_is_read_into_its_tree():
    rule = load(
        {
            "version": 1,
            "semantics": 1,
            "base_currency": "GBP",
            "combinator": "or",
            "not": True,
            "rules": [
                {"kind": "attribute", "field": "customer.country", "operator": "in", "value": ["FR", "PL"], "if_unknown": "no"},
                {
                    "combinator": "and",
                    "not": False,
                    "rules": [
                        {
                            "kind": "behaviour",
                            "field": "orders",
                            "measure": "sum",
                            "of": "total",
                            "where": {"combinator": "or", "not": True, "rules": [LARGE]},
                            "window": {"last": 90, "unit": "day"},
                            "operator": "between",
                            "value": ["10", "20.50"],
                            "if_unknown": "yes",
                        }
                    ],
                },
            ],
        }
    )

    assert rule == Rule(
        Group(
            "or",
            (
                Attribute("customer.country", "in", ("FR", "PL"), "no"),
                Group(
                    "and",
                    (
                        Behaviour(
                            "orders",
                            "sum",
                            "between",
                            ("10", "20.50"),
                            "total",
                            Group("or", (tree.Test("total", ">", "100"),), negated=True),
                            Last(Duration(90, "day")),
                            "yes",
                        ),
                    ),
                ),
            ),
            negated=True,
        ),
        "GBP",
    )


def test_a_rule_may_have_no_currency_yet():
    assert load({key: value for key, value in root(FRENCH).items() if key != "base_currency"}).base_currency is None
    assert load(root(FRENCH, base_currency=None)).base_currency is None


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RULES)
def test_json_to_tree_to_json_is_an_identity(rule):
    assert load(dump(rule)) == rule
    assert loads(dumps(rule)) == rule
    assert dump(loads(dumps(rule))) == dump(rule)


@pytest.mark.parametrize("data", [None, 1, "and", [], [FRENCH], True])
def test_a_rule_is_an_object(data):
    assert problems(data) == [("", "a rule must be an object")]


@pytest.mark.parametrize("key", ["version", "semantics"])
@pytest.mark.parametrize("value", [None, 0, 2, "1", 1.0, True, [1]])
def test_an_unknown_version_or_semantics(key, value):
    assert problems(root(FRENCH, **{key: value})) == [(f"/{key}", f"unknown {key}: this release knows 1")]


def test_version_and_semantics_are_needed():
    assert problems({"combinator": "and", "rules": [FRENCH]}) == [
        ("/version", "unknown version: this release knows 1"),
        ("/semantics", "unknown semantics: this release knows 1"),
    ]


@pytest.mark.parametrize("currency", ["", "GB", "POUND", "£££", "G1P", 826, ["GBP"]])
def test_a_currency_is_a_three_letter_code(currency):
    assert problems(root(FRENCH, base_currency=currency)) == [("/base_currency", "base_currency must be a three-letter code")]


def test_all_problems_are_found_at_once():
    data = {
        "version": 2,
        "semantics": 1,
        "base_currency": "pounds",
        "combinator": "nor",
        "rules": [
            {"kind": "attribute", "field": "customer.country", "operator": "=", "value": 1.5, "if_unknown": "perhaps"},
            {"combinator": "and", "rules": []},
            {
                "kind": "behaviour",
                "field": "orders",
                "measure": "sum",
                "where": {"combinator": "and", "rules": [{"field": "total", "operator": "~", "value": "1"}]},
                "window": {"last": "many", "unit": "day"},
                "operator": ">",
                "value": "1",
                "note": "",
            },
            {
                "combinator": "or",
                "n": 1,
                "rules": [{"kind": "rank", "field": "orders", "of": "total", "operator": "top", "value": "0", "leave_at": "2"}],
            },
            {"kind": "sequence", "steps": [{"field": "Orders"}], "within": {"n": 1, "unit": "month"}, "window": {"this": "era"}},
        ],
    }

    assert [path for path, _ in problems(data)] == [
        "/version",
        "/base_currency",
        "/combinator",
        "/rules/0/value",
        "/rules/0/if_unknown",
        "/rules/1",
        "/rules/2/note",
        "/rules/2/of",
        "/rules/2/where/rules/0/operator",
        "/rules/2/window/last",
        "/rules/3/n",
        "/rules/3/rules/0/of",
        "/rules/3/rules/0/value",
        "/rules/3/rules/0/leave_at",
        "/rules/4/steps",
        "/rules/4/steps/0/field",
        "/rules/4/within/unit",
        "/rules/4/window/this",
    ]


def test_two_hundred_leaves():
    short = {"kind": "attribute", "field": "a", "operator": "=", "value": "x"}

    assert MAX_LEAVES == 200
    assert len(load(root(*[short] * 200)).root.rules) == 200
    assert problems(root(*[short] * 201)) == [("", "the rule has 201 conditions; at most 200 are allowed")]


MANY = {"combinator": "or", "rules": [{"field": "a", "operator": "=", "value": "x"}] * 199}


@pytest.mark.parametrize(
    "leaf",
    [
        {**FREQUENT, "where": MANY},
        {**FREQUENT, "where": {"combinator": "and", "rules": [{"path": "lines", "quantifier": "any", "where": MANY}]}},
        {**FREQUENT, "window": {"since_last": "refunds", "where": MANY}},
        {"kind": "nth", "field": "orders", "which": "first", "test": MANY},
        {"kind": "rank", "field": "orders", "measure": "count", "where": MANY, "operator": "top", "value": "1"},
        {"kind": "sequence", "steps": [{"field": "orders", "where": MANY}, {"field": "events"}]},
        {"kind": "sequence", "steps": [{"field": "orders"}, {"field": "events"}], "not_then": {"field": "events", "where": MANY}},
        {"kind": "pattern", "field": "orders", "where": MANY, "pattern": "first_time", "period": {"n": 1, "unit": "day"}},
    ],
    ids=["where", "below", "window", "test", "rank", "step", "not then", "pattern"],
)
def test_tests_of_rows_are_counted_as_leaves(leaf):
    assert load(root(leaf))
    assert problems(root(leaf, FRENCH)) == [("", "the rule has 201 conditions; at most 200 are allowed")]


def test_thirty_two_kilobytes():
    empty = len(dumps(load(root(attribute("=", "")))).encode())
    room = MAX_BYTES - empty

    assert MAX_BYTES == 32_768
    assert load(root(attribute("=", "é" * (room // 2))))
    assert problems(root(attribute("=", "é" * (room // 2 + 1)))) == [("", "the rule is larger than 32768 bytes")]


def test_text_larger_than_a_rule_may_be_is_not_even_read():
    with pytest.raises(RuleError, match="larger than 32768 bytes"):
        loads(dumps(load(root(FRENCH))) + " " * MAX_BYTES)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 30_000,
        '{"rules":' * 3_000,
        '{"rules":[' * 3_000,
        "[" * 15_000 + "]" * 15_000,
        '{"combinator":' + "[" * 900 + "]" * 900 + "}",
    ],
)
def test_nested_bombs_are_refused(text):
    with pytest.raises(RuleError):
        loads(text)


@pytest.mark.parametrize("depth", range(750, 1000, 7))
def test_deep_values_are_refused_without_being_repeated(depth):
    bomb = "[" * depth + "]" * depth

    with pytest.raises(RuleError) as caught:
        loads(f'{{"version":1,"semantics":1,"combinator":{bomb},"rules":[{{"kind":{bomb}}}]}}')
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("text", ["", "{", "nonsense", '{"a":1,}', "1" * 5_000, '"\\ud800"', "\0", "NaN", "null"])
def test_what_is_no_rule_in_json(text):
    with pytest.raises(RuleError):
        loads(text)


def test_a_slip_in_json_has_its_place():
    with pytest.raises(RuleError) as caught:
        loads('{"version": 1,\n "rules" []}')

    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("", 2, 10)
    assert problem.message == "this is not JSON: Expecting ':' delimiter"


def test_floats_in_json_text_are_refused():
    text = json.dumps(root(attribute(">", 80.5)))

    with pytest.raises(RuleError, match="a float is not exact"):
        loads(text)


def test_a_tree_made_by_hand_is_held_to_the_limits():
    with pytest.raises(RuleError, match="the group is empty"):
        check_limits(Rule(Group("and", ())))
    with pytest.raises(RuleError, match="at most 200 are allowed"):
        check_limits(Rule(Group("and", (Attribute("a", "=", "x"),) * 201)))
    with pytest.raises(RuleError, match="n must be a whole number from 1 to 1"):
        check_limits(Rule(Group("at_least", (Attribute("a", "=", "x"),))))
    assert check_limits(Rule(Group("and", (Attribute("a", "=", "x"),) * 200))) is None
