from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from segmentation.rules import parse, tree
from segmentation.rules.tree import Attribute, Behaviour, Duration, Group, Rule, leaves, segments_in, walk

TEXT = 'not (a = 1 and (orders.count(where x = 1 and (y = 2)) > 3 or b is set)) and c in ("x")'


def test_walk_goes_outermost_first_with_pointers_and_does_not_enter_where():
    found = [(path, type(node).__name__) for path, node in walk(parse(TEXT).root)]

    assert found == [
        ("", "Group"),
        ("/rules/0", "Group"),
        ("/rules/0/rules/0", "Attribute"),
        ("/rules/0/rules/1", "Group"),
        ("/rules/0/rules/1/rules/0", "Behaviour"),
        ("/rules/0/rules/1/rules/1", "Attribute"),
        ("/rules/1", "Attribute"),
    ]


def test_leaves_come_in_reading_order():
    assert [(path, leaf.field) for path, leaf in leaves(parse(TEXT))] == [
        ("/rules/0/rules/0", "a"),
        ("/rules/0/rules/1/rules/0", "orders"),
        ("/rules/0/rules/1/rules/1", "b"),
        ("/rules/1", "c"),
    ]


def test_tests_of_rows_are_no_leaves_of_a_rule():
    assert list(leaves(Rule(Group("and", (tree.Test("x", "is_set"),))))) == []


@pytest.mark.parametrize(
    "node",
    [Attribute("a", "=", "1"), Behaviour("orders", "count", ">", "1"), Group("and", ()), Duration(1, "day"), parse("a = 1")],
    ids=lambda node: type(node).__name__,
)
def test_nodes_are_frozen_and_equal_by_content(node):
    with pytest.raises((FrozenInstanceError, TypeError)):
        node.field = "other"
    assert hash(node) == hash(node)
    assert node == type(node)(*(getattr(node, name) for name in node.__dataclass_fields__))


@pytest.mark.parametrize(
    "text",
    [
        "orders.first(test x = 1)",
        "top 10 by score.clv",
        'bucket "spring" 0 to 49',
        'in segment "vip"',
        "sequence (a where x = 1, b)",
        "pattern orders first time period 1 day",
    ],
)
def test_every_kind_of_leaf_is_a_leaf(text):
    rule = parse(f"a = 1 or {text}")

    assert [(path, type(leaf)) for path, leaf in leaves(rule)] == [
        ("/rules/0", Attribute),
        ("/rules/1", type(rule.root.rules[1])),
    ]


def test_rows_below_are_no_leaves_of_a_rule():
    below = tree.Below("lines", "any", Group("and", (tree.Test("x", "is_set"),)))

    assert list(leaves(Rule(Group("and", (below,))))) == []


def test_segments_in_a_rule_with_the_first_place_of_each():
    rule = parse('in segment "vip" or not (not in segment "dormant" and in segment "vip") or a = 1')

    assert segments_in(rule) == {"vip": "/rules/0", "dormant": "/rules/1/rules/0"}
    assert segments_in(parse("a = 1")) == {}
