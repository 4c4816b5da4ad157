from __future__ import annotations

import pytest

from segmentation.rules import load, tree
from segmentation.rules.limits import MAX_DEPTH, MAX_WHERE_DEPTH
from segmentation.rules.tree import Below, Group
from tests.rules.definitions import FRENCH, FREQUENT, HEAD, LARGE, nested, only_leaf, problems, root


@pytest.mark.parametrize("combinator", [None, "", "AND", "xor", "at least", 1, ["and"], {"and": 1}])
def test_an_unknown_combinator(combinator):
    (problem,) = problems(root(FRENCH, combinator=combinator))

    assert problem[0] == "/combinator"
    assert problem[1].startswith("unknown combinator ")
    assert problem[1].endswith(": it must be one of and, or, at_least")


def test_an_empty_group_anywhere():
    empty = {"combinator": "or", "rules": []}

    said = "the group is empty: say whom it should take in"
    assert problems(root()) == [("", said)]
    assert problems(root(FRENCH, {"combinator": "and", "rules": [FRENCH, empty]})) == [("/rules/1/rules/1", said)]
    assert problems(root({**FREQUENT, "where": empty})) == [("/rules/0/where", said)]
    assert problems(root({**FREQUENT, "where": {"combinator": "and", "rules": [LARGE, empty]}})) == [
        ("/rules/0/where/rules/1", said)
    ]


@pytest.mark.parametrize("rules", [None, {}, "all", 3, {"0": FRENCH}])
def test_a_group_needs_a_list(rules):
    assert problems(root(FRENCH, {"combinator": "and", "rules": rules})) == [("/rules/1/rules", "a group needs a list of rules")]


@pytest.mark.parametrize("negated", [None, 0, 1, "true", []])
def test_not_is_true_or_false(negated):
    assert problems(root(FRENCH, **{"not": negated})) == [("/not", "not must be true or false")]


@pytest.mark.parametrize("node", [None, 1, "customer.country", [], [FRENCH], True])
def test_a_condition_is_an_object(node):
    assert problems(root(FRENCH, node)) == [("/rules/1", "a condition must be an object")]
    where = {"combinator": "and", "rules": [node]}
    assert problems(root({**FREQUENT, "where": where})) == [("/rules/0/where/rules/0", "a condition must be an object")]


@pytest.mark.parametrize("where", [True, 1, "total > 100", [LARGE]])
def test_where_is_a_group(where):
    assert problems(root({**FREQUENT, "where": where})) == [("/rules/0/where", "where must be a group")]


def test_where_that_is_a_bare_test_is_refused():
    assert ("/rules/0/where/rules", "a group needs a list of rules") in problems(root({**FREQUENT, "where": LARGE}))


def test_there_is_no_if_unknown_within_where():
    where = {"combinator": "and", "rules": [{**LARGE, "if_unknown": "no"}]}

    assert problems(root({**FREQUENT, "where": where})) == [("/rules/0/where/rules/0/if_unknown", "unknown key 'if_unknown'")]


def test_depth():
    assert MAX_DEPTH == 8
    assert load({**HEAD, **nested(8)}).root.rules
    assert problems({**HEAD, **nested(9)}) == [("/rules/0" * 8, "groups are nested deeper than 8")]


def test_groups_within_where_are_no_depth_of_the_rule():
    deep = {**FREQUENT, "where": nested(MAX_WHERE_DEPTH, LARGE)}

    assert load({**HEAD, **nested(8, deep)})
    assert problems(root({**FREQUENT, "where": nested(MAX_WHERE_DEPTH + 1, LARGE)})) == [
        ("/rules/0/where" + "/rules/0" * 16, "groups are nested deeper than 16")
    ]


def test_groups_nested_beyond_all_limits_are_refused():
    assert problems({**HEAD, **nested(200)}) == [("/rules/0" * 8, "groups are nested deeper than 8")]


# At least so many


@pytest.mark.parametrize("n", [1, 2, 3])
def test_at_least_so_many_of_the_rules(n):
    some = {"combinator": "at_least", "n": n, "rules": [FRENCH, FRENCH, FREQUENT]}

    group = only_leaf(root(some))
    assert (group.combinator, group.n, len(group.rules), group.negated) == ("at_least", n, 3, False)
    assert load({**HEAD, **some}).root == group


@pytest.mark.parametrize("n", [None, 0, -1, 3, "1", 1.0, True, [1]])
def test_at_least_needs_a_number_of_its_rules(n):
    some = {"combinator": "at_least", "n": n, "rules": [FRENCH, FREQUENT]}

    assert problems(root(some)) == [("/rules/0/n", "n must be a whole number from 1 to 2")]


def test_at_least_without_n():
    some = {"combinator": "at_least", "rules": [FRENCH]}

    assert problems(root(some)) == [("/rules/0/n", "n must be a whole number from 1 to 1")]
    assert problems(root({**FREQUENT, "where": {"combinator": "at_least", "rules": [LARGE]}})) == [
        ("/rules/0/where/n", "n must be a whole number from 1 to 1")
    ]


@pytest.mark.parametrize("combinator", ["and", "or"])
def test_only_at_least_takes_n(combinator):
    group = {"combinator": combinator, "n": 1, "rules": [FRENCH]}

    assert problems(root(group)) == [("/rules/0/n", "only at_least takes n")]
    assert load(root({**group, "n": None})) == load(root({key: group[key] for key in ("combinator", "rules")}))


# Rows below

LAMP = {"field": "product.category", "operator": "=", "value": "Lamps"}


def below(**more):
    """A quantifier over the lines of an order."""
    return {"path": "lines", "quantifier": "any", "where": {"combinator": "and", "rules": [LAMP]}, **more}


def asked(*tests):
    """A stored root that counts the orders under these tests."""
    return root({**FREQUENT, "where": {"combinator": "and", "rules": list(tests)}})


@pytest.mark.parametrize("quantifier", ["any", "all", "none"])
def test_rows_below_under_a_quantifier(quantifier):
    lamps = Group("and", (tree.Test("product.category", "=", "Lamps"),))

    assert only_leaf(asked(LARGE, below(quantifier=quantifier))).where == Group(
        "and", (tree.Test("total", ">", "100"), Below("lines", quantifier, lamps))
    )


def test_rows_below_may_be_asked_in_groups_and_in_the_test_of_a_row():
    group = {"combinator": "or", "not": True, "rules": [below(), LARGE]}
    first = {"kind": "nth", "field": "orders", "which": "first", "test": group}

    assert isinstance(only_leaf(asked(group)).where.rules[0].rules[0], Below)
    assert isinstance(only_leaf(root(first)).test.rules[0], Below)


@pytest.mark.parametrize("inner", [below(), {"combinator": "or", "rules": [LAMP, below(path="lines")]}])
def test_a_quantifier_cannot_stand_inside_another(inner):
    (problem,) = problems(asked(below(where={"combinator": "and", "rules": [inner]})))

    place = "/rules/1" if "rules" in inner else ""
    assert problem == (f"/rules/0/where/rules/0/where/rules/0{place}", "a quantifier cannot stand inside another")


@pytest.mark.parametrize(
    ("more", "path", "said"),
    [
        ({"quantifier": "some"}, "quantifier", "unknown quantifier 'some': it must be one of any, all, none"),
        ({"quantifier": None}, "quantifier", "unknown quantifier null: it must be one of any, all, none"),
        ({"path": None}, "path", "path must name a fact"),
        ({"path": [0]}, "path", "path must name a fact"),
        ({"path": "any"}, "path", "'any' is not a name"),
        ({"where": None}, "where", "where must be a group"),
        ({"where": LAMP}, "where/rules", "a group needs a list of rules"),
        ({"where": {"combinator": "and", "rules": []}}, "where", "the group is empty: say whom it should take in"),
        ({"operator": "="}, "operator", "unknown key 'operator'"),
    ],
)
def test_what_is_no_quantifier(more, path, said):
    assert (f"/rules/0/where/rules/0/{path}", said) in problems(asked(below(**more)))


def test_a_builders_path_makes_no_test_a_quantifier():
    assert only_leaf(asked({**LARGE, "path": [0, 1]})) == only_leaf(asked(LARGE))


def test_rows_below_are_asked_of_rows_only():
    assert problems(root(below())) == [("/rules/0", "the condition has no kind")]


def test_groups_below_a_row_end_somewhere_too():
    assert load(asked(below(where=nested(MAX_WHERE_DEPTH, LAMP))))
    (problem,) = problems(asked(below(where=nested(MAX_WHERE_DEPTH + 1, LAMP))))
    assert problem[1] == "groups are nested deeper than 16"
