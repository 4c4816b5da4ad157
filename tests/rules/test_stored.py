from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from segmentation.errors import RuleError
from segmentation.rules import Rule, dump, dumps, load, loads, tree
from segmentation.rules.stored import MAX_BYTES, MAX_DEPTH, MAX_LEAVES, MAX_WHERE_DEPTH, check_limits
from segmentation.rules.tree import Attribute, Behaviour, Between, Duration, Group, Last, Since
from segmentation.rules.values import OPERATORS, PERIODS, UNITS, Shape
from tests.rules.strategies import RULES

HEAD = {"version": 1, "semantics": 1, "base_currency": "GBP"}
FRENCH = {"kind": "attribute", "field": "customer.country", "operator": "=", "value": "FR"}
FREQUENT = {"kind": "behaviour", "field": "orders", "measure": "count", "operator": ">=", "value": "3"}
LARGE = {"field": "total", "operator": ">", "value": "100"}


def root(*nodes, **more):
    """A stored root over these nodes."""
    return {**HEAD, "combinator": "and", "rules": list(nodes), **more}


def attribute(operator, value=None, **more):
    """A stored attribute leaf."""
    return {"kind": "attribute", "field": "customer.x", "operator": operator, "value": value, **more}


def nested(groups, leaf=FRENCH):
    """A group that holds a group that holds … a leaf: so many groups in all."""
    node = leaf
    for _ in range(groups):
        node = {"combinator": "and", "rules": [node]}
    return node


def problems(data):
    """(path, message) of everything for which `load` refuses."""
    with pytest.raises(RuleError) as caught:
        load(data)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def only_leaf(data):
    """The only leaf of a stored root."""
    (leaf,) = load(data).root.rules
    return leaf


# What is read


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


@pytest.mark.parametrize(
    ("stored", "window"),
    [
        (None, None),
        ({"last": 30, "unit": "day"}, Last(Duration(30, "day"))),
        ({"unit": "hour", "last": "0"}, Last(Duration(0, "hour"))),
        ({"last": "100000", "unit": "year"}, Last(Duration(100_000, "year"))),
        ({"between": ["2026-01-01", "2026-01-31"]}, Between("2026-01-01", "2026-01-31")),
        ({"since": "2026-01-01"}, Since("2026-01-01")),
    ],
)
def test_windows(stored, window):
    assert only_leaf(root({**FREQUENT, "window": stored})).window == window


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit(unit):
    assert only_leaf(root(attribute("last", {"n": 3, "unit": unit}))).value == Duration(3, unit)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("operator", ["this", "previous"])
def test_every_period(operator, period):
    assert only_leaf(root(attribute(operator, period))).value == period


@pytest.mark.parametrize(
    ("number", "text"), [(3, "3"), (0, "0"), (-5, "-5"), (10**15 - 1, "999999999999999"), (1 - 10**15, "-999999999999999")]
)
def test_integers_are_read_as_decimal_texts(number, text):
    assert only_leaf(root(attribute("=", number))).value == text
    assert only_leaf(root(attribute("in", [number, "x"]))).value == (text, "x")
    assert only_leaf(root(attribute("month_is", number))).value == text


def test_month_is_takes_one_or_many():
    assert only_leaf(root(attribute("month_is", "3"))).value == "3"
    assert only_leaf(root(attribute("month_is", ["3", 4]))).value == ("3", "4")


def test_a_builders_id_and_path_are_dropped_everywhere():
    marks = {"id": "0.123", "path": [0]}
    where = {**marks, "combinator": "and", "rules": [{**LARGE, **marks}]}
    marked = {**root({**FRENCH, **marks}, {**FREQUENT, **marks, "where": where}), **marks}

    assert load(marked) == load(root(FRENCH, {**FREQUENT, "where": {"combinator": "and", "rules": [LARGE]}}))
    assert "0.123" not in dumps(load(marked))


def test_nulls_are_read_as_absent():
    leaf = {**FREQUENT, "of": None, "where": None, "window": None, "if_unknown": None}

    assert load(root(leaf)) == load(root(FREQUENT))


def test_operators_without_a_value_take_null():
    assert only_leaf(root(attribute("is_set", None))).value is None


# Canonical JSON


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


def test_a_rule_without_a_currency_has_none_in_json():
    assert "base_currency" not in dump(Rule(Group("and", (Attribute("customer.x", "is_set"),))))


def test_one_tree_has_one_spelling():
    assert dumps(load({**root({**FRENCH, "value": "Łódź"}), "not": False})) == (
        '{"version":1,"semantics":1,"base_currency":"GBP","combinator":"and","rules":'
        '[{"kind":"attribute","field":"customer.country","operator":"=","value":"Łódź"}]}'
    )


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RULES)
def test_json_to_tree_to_json_is_an_identity(rule):
    assert load(dump(rule)) == rule
    assert loads(dumps(rule)) == rule
    assert dump(loads(dumps(rule))) == dump(rule)


# What is refused: the whole


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


# What is refused: groups


@pytest.mark.parametrize("combinator", [None, "", "AND", "xor", "at_least", 1, ["and"], {"and": 1}])
def test_an_unknown_combinator(combinator):
    (problem,) = problems(root(FRENCH, combinator=combinator))

    assert problem[0] == "/combinator"
    assert problem[1].startswith("unknown combinator ")
    assert problem[1].endswith(": it must be one of and, or")


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


def test_a_leaf_needs_a_kind():
    leaf = {key: value for key, value in FRENCH.items() if key != "kind"}

    assert problems(root(leaf)) == [("/rules/0", "the condition has no kind")]


@pytest.mark.parametrize(
    ("kind", "said"),
    [("nth", "'nth'"), ("rank", "'rank'"), ("Attribute", "'Attribute'"), ("", "''"), (1, "a number"), (["attribute"], "a list")],
)
def test_an_unknown_kind(kind, said):
    assert problems(root({**FRENCH, "kind": kind})) == [("/rules/0/kind", f"unknown kind of condition {said}")]


# What is refused: keys and names


def test_unknown_keys_are_refused_with_escaped_pointers():
    where = {"combinator": "and", "n": 2, "rules": [{**LARGE, "kind": "attribute"}]}
    data = root({**FRENCH, "a/b": 1, "c~d": 2}, {**FREQUENT, "where": where, "test": {}}, title="x", **{"": 0})

    assert problems(data) == [
        ("/title", "unknown key 'title'"),
        ("/", "unknown key ''"),
        ("/rules/0/a~1b", "unknown key 'a/b'"),
        ("/rules/0/c~0d", "unknown key 'c~d'"),
        ("/rules/1/test", "unknown key 'test'"),
        ("/rules/1/where/n", "unknown key 'n'"),
        ("/rules/1/where/rules/0/kind", "unknown key 'kind'"),
    ]


def test_the_heads_keys_belong_to_the_root_alone():
    assert problems(root({"combinator": "and", "rules": [FRENCH], "version": 1})) == [
        ("/rules/0/version", "unknown key 'version'")
    ]


@pytest.mark.parametrize("key", ["measure", "of", "where", "window"])
def test_an_attribute_takes_nothing_of_a_behaviour(key):
    assert problems(root({**FRENCH, key: None})) == [(f"/rules/0/{key}", f"unknown key '{key}'")]


@pytest.mark.parametrize("field", [None, "", 1, ["customer.country"]])
def test_a_field_must_name_a_fact(field):
    assert problems(root({**FRENCH, "field": field})) == [("/rules/0/field", "field must name a fact")]
    assert problems(root({**FREQUENT, "field": field})) == [("/rules/0/field", "field must name a fact")]
    where = {"combinator": "and", "rules": [{**LARGE, "field": field}]}
    assert problems(root({**FREQUENT, "where": where})) == [("/rules/0/where/rules/0/field", "field must name a fact")]


@pytest.mark.parametrize(
    "field", ["Country", "customer country", 'x = "1" or customer.y', "a\u202eb", "\0", "where", "ł", "a..b"]
)
def test_what_cannot_be_written_in_a_text_is_no_name(field):
    assert problems(root({**FRENCH, "field": field})) == [("/rules/0/field", f"{field!r} is not a name")]


# What is refused: measures


@pytest.mark.parametrize("measure", ["median", "COUNT", "count_distinct", "share", "days_between"])
def test_an_unknown_measure(measure):
    assert problems(root({**FREQUENT, "measure": measure, "of": "total"})) == [
        ("/rules/0/measure", f"unknown measure '{measure}': it must be one of count, sum, avg, min, max")
    ]


def test_a_behaviour_needs_a_measure():
    assert problems(root({**FREQUENT, "measure": None})) == [
        ("/rules/0/measure", "unknown measure null: it must be one of count, sum, avg, min, max")
    ]


def test_count_takes_no_column():
    assert problems(root({**FREQUENT, "of": "total"})) == [("/rules/0/of", "count takes no column")]


@pytest.mark.parametrize("measure", ["sum", "avg", "min", "max"])
def test_other_measures_need_a_column(measure):
    assert problems(root({**FREQUENT, "measure": measure})) == [("/rules/0/of", f"{measure} needs a column: what is it of?")]


@pytest.mark.parametrize("of", ["", 1, ["total"]])
def test_of_must_name_a_column(of):
    assert problems(root({**FREQUENT, "measure": "sum", "of": of}))[0] == ("/rules/0/of", "of must name a fact")


@pytest.mark.parametrize("where", [True, 1, "total > 100", [LARGE]])
def test_where_is_a_group(where):
    assert problems(root({**FREQUENT, "where": where})) == [("/rules/0/where", "where must be a group")]


def test_where_that_is_a_bare_test_is_refused():
    assert ("/rules/0/where/rules", "a group needs a list of rules") in problems(root({**FREQUENT, "where": LARGE}))


# What is refused: windows and durations


@pytest.mark.parametrize("window", [True, 1, "last 30 days", ["last", 30]])
def test_a_window_is_an_object(window):
    assert problems(root({**FREQUENT, "window": window})) == [("/rules/0/window", "a window must be an object")]


@pytest.mark.parametrize(
    ("window", "keys"),
    [
        ({}, "nothing in it"),
        ({"last": 30}, "last"),
        ({"unit": "day"}, "unit"),
        ({"last": 30, "unit": "day", "since": "2026-01-01"}, "last, since, unit"),
        ({"since": "2026-01-01", "between": ["2026-01-01", "2026-01-02"]}, "between, since"),
        ({"this": "month"}, "this"),
        ({"not_last": 3, "unit": "day"}, "not_last, unit"),
        ({1: 2, "last": 3}, "1, last"),
    ],
)
def test_an_unknown_window(window, keys):
    assert problems(root({**FREQUENT, "window": window})) == [("/rules/0/window", f"unknown window with {keys}")]


@pytest.mark.parametrize("n", [None, -1, 100_001, "-1", "1.5", "", " 3", "\uff13", "1000000", 1.0, True, [3], 10**4000])
def test_a_duration_is_a_whole_number_within_reason(n):
    said = "a duration must be a whole number from 0 to 100000"

    assert problems(root({**FREQUENT, "window": {"last": n, "unit": "day"}})) == [("/rules/0/window/last", said)]
    assert problems(root(attribute("last", {"n": n, "unit": "day"}))) == [("/rules/0/value/n", said)]


@pytest.mark.parametrize("unit", ["days", "second", "quarter", ""])
def test_an_unknown_unit(unit):
    said = f"unknown unit '{unit}': it must be one of minute, hour, day, week, month, year"

    assert problems(root({**FREQUENT, "window": {"last": 3, "unit": unit}})) == [("/rules/0/window/unit", said)]
    assert problems(root(attribute("next", {"n": 3, "unit": unit}))) == [("/rules/0/value/unit", said)]


@pytest.mark.parametrize("value", ["7 days", 7, ["7", "day"], {"n": 7}, {"n": 7, "unit": "day", "from": "now"}, {}])
@pytest.mark.parametrize("operator", ["last", "not_last", "next", "anniversary_next"])
def test_a_duration_has_n_and_unit(operator, value):
    assert problems(root(attribute(operator, value))) == [("/rules/0/value", "a duration must have n and unit and nothing else")]


@pytest.mark.parametrize("pair", [[], ["2026-01-01"], ["1", "2", "3"], "2026-01-01", None, {"0": "1"}])
def test_between_has_two_ends(pair):
    refused = problems(root({**FREQUENT, "window": {"between": pair}}))

    assert [path for path, _ in refused] == ["/rules/0/window/between"]
    assert refused[0][1] in ("the value must be a list", "the list must have exactly 2 values")


def test_dates_of_a_window_are_texts():
    assert problems(root({**FREQUENT, "window": {"since": None}})) == [("/rules/0/window/since", "the value must be a text")]
    assert problems(root({**FREQUENT, "window": {"between": ["2026-01-01", {}]}})) == [
        ("/rules/0/window/between/1", "the value must be a text")
    ]


# What is refused: comparisons


@pytest.mark.parametrize("operator", [None, "", "==", "IN", "regex", "not in", 1, ["="]])
def test_an_unknown_operator(operator):
    (problem,) = problems(root(attribute(operator, "x")))

    assert problem[0] == "/rules/0/operator"
    assert problem[1].startswith("unknown operator ")
    assert problem[1].endswith(f": it must be one of {', '.join(OPERATORS)}")


@pytest.mark.parametrize("operator", [name for name, one in OPERATORS.items() if one.shape is not Shape.NOTHING])
def test_a_value_is_needed(operator):
    said = f"{operator} needs a value"
    leaf = attribute(operator)

    assert problems(root(leaf)) == [("/rules/0/value", said)]
    assert problems(root({key: value for key, value in leaf.items() if key != "value"})) == [("/rules/0/value", said)]


@pytest.mark.parametrize("operator", ["is_set", "is_not_set"])
@pytest.mark.parametrize("value", [True, False, "", "yes", 0, []])
def test_no_value_is_taken(operator, value):
    assert problems(root(attribute(operator, value))) == [("/rules/0/value", f"{operator} takes no value")]


@pytest.mark.parametrize("value", [1.5, 80.0, float("nan"), float("inf")])
def test_floats_are_refused(value):
    said = 'write the number as text, such as "80.50": a float is not exact'

    assert problems(root(attribute(">", value))) == [("/rules/0/value", said)]
    assert problems(root(attribute("in", ["1", value]))) == [("/rules/0/value/1", said)]
    assert problems(root(attribute("between", [value, "2"]))) == [("/rules/0/value/0", said)]


@pytest.mark.parametrize("value", [10**15, -(10**15), 10**4000])
def test_numbers_of_more_than_fifteen_digits_are_refused(value):
    assert problems(root(attribute("=", value))) == [("/rules/0/value", "the number has more than 15 digits")]


@pytest.mark.parametrize("value", [True, False, {}, {"a": 1}])
def test_a_value_is_a_text(value):
    assert problems(root(attribute("=", value))) == [("/rules/0/value", "the value must be a text")]
    assert problems(root(attribute("in", [value]))) == [("/rules/0/value/0", "the value must be a text")]


@pytest.mark.parametrize("value", ["FR", {}, [], 1])
@pytest.mark.parametrize("operator", ["in", "not_in"])
def test_a_list_is_needed_that_is_not_empty(operator, value):
    assert problems(root(attribute(operator, value))) == [("/rules/0/value", "the value must be a list")]


def test_a_single_value_is_no_list():
    assert problems(root(attribute("=", ["FR"]))) == [("/rules/0/value", "the value must be a text")]


def test_an_empty_list_of_months():
    assert problems(root(attribute("month_is", []))) == [("/rules/0/value", "the value must be a list")]


@pytest.mark.parametrize("value", [["1"], ["1", "2", "3"]])
def test_between_takes_two_values(value):
    assert problems(root(attribute("between", value))) == [("/rules/0/value", "the list must have exactly 2 values")]


@pytest.mark.parametrize("value", ["true", 1, 0, "yes", []])
def test_is_takes_true_or_false(value):
    assert problems(root(attribute("is", value))) == [("/rules/0/value", "the value must be true or false")]


@pytest.mark.parametrize("value", ["fortnight", "hour", "Month", 1, {}])
@pytest.mark.parametrize("operator", ["this", "previous"])
def test_an_unknown_period(operator, value):
    (problem,) = problems(root(attribute(operator, value)))

    assert problem[0] == "/rules/0/value"
    assert problem[1].endswith(": it must be one of day, week, month, quarter, year")


@pytest.mark.parametrize("value", ["", " ", "\t\n", "\u00a0\u3000"])
@pytest.mark.parametrize("operator", ["contains", "not_contains", "starts_with", "ends_with"])
def test_an_empty_text_would_be_found_everywhere(operator, value):
    assert problems(root(attribute(operator, value))) == [("/rules/0/value", f"{operator} needs a text that is not empty")]


@pytest.mark.parametrize("value", ["a\0b", "\x1b[31m", "abc\u202edef", "\u2066", "\ud800", "\x85"])
def test_a_text_that_deceives_is_refused(value):
    said = "the text holds a control or text-direction character"

    assert problems(root(attribute("=", value))) == [("/rules/0/value", said)]
    assert problems(root(attribute("in", ["ok", value]))) == [("/rules/0/value/1", said)]
    assert problems(root({**FREQUENT, "window": {"since": value}})) == [("/rules/0/window/since", said)]


@pytest.mark.parametrize("value", ["", "maybe", "Yes", True, False, 0, []])
def test_an_unknown_if_unknown(value):
    for leaf in (FRENCH, FREQUENT):
        (problem,) = problems(root({**leaf, "if_unknown": value}))
        assert problem[0] == "/rules/0/if_unknown"
        assert problem[1].endswith(": it must be one of unknown, no, yes")


def test_there_is_no_if_unknown_within_where():
    where = {"combinator": "and", "rules": [{**LARGE, "if_unknown": "no"}]}

    assert problems(root({**FREQUENT, "where": where})) == [("/rules/0/where/rules/0/if_unknown", "unknown key 'if_unknown'")]


# Several at once, limits, hostile input


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
    ]


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


def test_two_hundred_leaves():
    short = {"kind": "attribute", "field": "a", "operator": "=", "value": "x"}

    assert MAX_LEAVES == 200
    assert len(load(root(*[short] * 200)).root.rules) == 200
    assert problems(root(*[short] * 201)) == [("", "the rule has 201 conditions; at most 200 are allowed")]


def test_tests_within_where_are_counted_as_leaves():
    test = {"field": "a", "operator": "=", "value": "x"}
    leaf = {**FREQUENT, "where": {"combinator": "or", "rules": [test] * 99}}

    assert load(root(leaf, leaf))
    assert problems(root(leaf, leaf, FRENCH)) == [("", "the rule has 201 conditions; at most 200 are allowed")]


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


def test_groups_nested_beyond_all_limits_are_refused():
    assert problems({**HEAD, **nested(200)}) == [("/rules/0" * 8, "groups are nested deeper than 8")]


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


def test_long_values_are_cut_in_messages():
    ((_, message),) = problems(root({**FRENCH, "kind": "x" * 1000}))

    assert message == f"unknown kind of condition '{'x' * 60}'…"


def test_a_tree_made_by_hand_is_held_to_the_limits():
    with pytest.raises(RuleError, match="the group is empty"):
        check_limits(Rule(Group("and", ())))
    with pytest.raises(RuleError, match="at most 200 are allowed"):
        check_limits(Rule(Group("and", (Attribute("a", "=", "x"),) * 201)))
    assert check_limits(Rule(Group("and", (Attribute("a", "=", "x"),) * 200))) is None
