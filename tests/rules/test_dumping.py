from __future__ import annotations

import pytest

from segmentation.rules import Rule, dump, dumps, load
from segmentation.rules.tree import LEAVES, Attribute, Group
from tests.rules.definitions import FRENCH, FREQUENT, LARGE, attribute, root


def test_canonical_json_omits_nulls_and_defaults():
    data = root(
        {**FREQUENT, "of": None, "where": None, "window": None, "if_unknown": "unknown"}, attribute("is_set"), **{"not": False}
    )

    assert dump(load(data)) == {
        "version": 1,
        "semantics": 1,
        "base_currency": "GBP",
        "combinator": "and",
        "rules": [FREQUENT, {"kind": "attribute", "field": "customer.x", "operator": "is_set"}],
    }


def test_canonical_json_keeps_what_is_no_default():
    data = root(
        {**FRENCH, "if_unknown": "yes"},
        {
            "kind": "behaviour",
            "field": "orders",
            "measure": "max",
            "of": "total",
            "where": {"combinator": "or", "not": True, "rules": [LARGE, {"field": "coupon_code", "operator": "is_set"}]},
            "window": {"last": 12, "unit": "month"},
            "operator": "in",
            "value": ["1", "2"],
            "if_unknown": "no",
        },
        {**FREQUENT, "window": {"between": ["2026-01-01", "2026-01-31"]}},
        {**FREQUENT, "window": {"since": "2026-01-01"}},
        attribute("next", {"n": 7, "unit": "day"}),
        attribute("is", False),
        **{"not": True},
    )

    assert dump(load(data)) == data


WHERE = {"combinator": "and", "rules": [LARGE]}
ORDERS = {"field": "orders", "where": WHERE}
WEEK = {"n": 1, "unit": "week"}

FULL = [
    {**FREQUENT, "measure": "share", "of": "total", "where": WHERE, "window": {"this": "month"}, "if_unknown": "yes"},
    {
        "kind": "nth",
        "field": "orders",
        "which": 3,
        "where": WHERE,
        "window": {"not_last": 2, "unit": "month"},
        "test": {"combinator": "or", "not": True, "rules": [LARGE]},
        "if_unknown": "no",
    },
    {"kind": "nth", "field": "orders", "which": "last", "test": WHERE},
    {
        "kind": "rank",
        "field": "orders",
        "measure": "sum",
        "of": "total",
        "where": WHERE,
        "window": {"previous": "year"},
        "operator": "top_percent",
        "value": "10",
        "leave_at": "12.5",
        "min_stay": WEEK,
        "if_unknown": "yes",
    },
    {"kind": "rank", "field": "score.clv", "operator": "bottom", "value": "100"},
    {
        "kind": "member",
        "segment": "vip",
        "operator": "in",
        "for_at_least": WEEK,
        "entered": {"before": "2026-01-01"},
        "if_unknown": "no",
    },
    {"kind": "member", "segment": "VIP_2-b", "operator": "not_in"},
    {"kind": "bucket", "salt": "spring", "from": 0, "to": 49, "if_unknown": "no"},
    {
        "kind": "sequence",
        "steps": [{"field": "events"}, {"field": "events", "where": WHERE}],
        "within": WEEK,
        "window": {"since_last": "orders", "where": WHERE},
        "not_then": ORDERS,
        "if_unknown": "yes",
    },
    {"kind": "sequence", "steps": [ORDERS, ORDERS], "window": {"since_last": "refunds"}},
    {
        "kind": "pattern",
        "field": "orders",
        "where": WHERE,
        "pattern": "stopped",
        "period": WEEK,
        "periods": 3,
        "if_unknown": "yes",
    },
    {"kind": "pattern", "field": "orders", "pattern": "first_time", "period": WEEK},
    attribute("has_any", ["a", "b"]),
    attribute("size", {"operator": "between", "value": ["1", "2"]}),
    attribute("size", {"operator": ">=", "value": "2"}),
    attribute("within_km", {"lat": "48.85", "lon": "2.35", "km": "20"}),
    {"combinator": "at_least", "n": 1, "not": True, "rules": [FRENCH, FREQUENT]},
    {
        **FREQUENT,
        "where": {"combinator": "at_least", "n": 1, "rules": [{"path": "lines", "quantifier": "all", "where": WHERE}, LARGE]},
    },
]


@pytest.mark.parametrize("leaf", FULL, ids=[f"{number} {leaf.get('kind', 'group')}" for number, leaf in enumerate(FULL)])
def test_every_leaf_is_written_as_it_was_stored(leaf):
    assert dump(load(root(leaf))) == root(leaf)


def test_every_kind_of_leaf_is_among_them():
    assert {type(load(root(leaf)).root.rules[0]) for leaf in FULL} >= set(LEAVES)


def test_a_rule_without_a_currency_has_none_in_json():
    assert "base_currency" not in dump(Rule(Group("and", (Attribute("customer.x", "is_set"),))))


def test_one_tree_has_one_spelling():
    assert dumps(load({**root({**FRENCH, "value": "Łódź"}), "not": False})) == (
        '{"version":1,"semantics":1,"base_currency":"GBP","combinator":"and","rules":'
        '[{"kind":"attribute","field":"customer.country","operator":"=","value":"Łódź"}]}'
    )
