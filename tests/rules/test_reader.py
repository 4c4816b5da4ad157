from __future__ import annotations

import pytest

from segmentation.rules import dumps, load
from tests.rules.definitions import FRENCH, FREQUENT, LARGE, attribute, problems, root


def test_a_builders_id_and_path_are_dropped_everywhere():
    marks = {"id": "0.123", "path": [0]}
    where = {**marks, "combinator": "and", "rules": [{**LARGE, **marks}]}
    steps = [{"field": "orders", "where": where, **marks}, {"field": "events", **marks}]
    sequence = {"kind": "sequence", **marks, "steps": steps}
    marked = {**root({**FRENCH, **marks}, {**FREQUENT, **marks, "where": where}, sequence), **marks}

    plain = {"combinator": "and", "rules": [LARGE]}
    steps = [{"field": "orders", "where": plain}, {"field": "events"}]
    assert load(marked) == load(root(FRENCH, {**FREQUENT, "where": plain}, {"kind": "sequence", "steps": steps}))
    assert "0.123" not in dumps(load(marked))


def test_unknown_keys_are_refused_with_escaped_pointers():
    where = {"combinator": "and", "of": 2, "rules": [{**LARGE, "kind": "attribute"}]}
    data = root({**FRENCH, "a/b": 1, "c~d": 2}, {**FREQUENT, "where": where, "test": {}}, title="x", **{"": 0})

    assert problems(data) == [
        ("/title", "unknown key 'title'"),
        ("/", "unknown key ''"),
        ("/rules/0/a~1b", "unknown key 'a/b'"),
        ("/rules/0/c~0d", "unknown key 'c~d'"),
        ("/rules/1/test", "unknown key 'test'"),
        ("/rules/1/where/of", "unknown key 'of'"),
        ("/rules/1/where/rules/0/kind", "unknown key 'kind'"),
    ]


def test_the_heads_keys_belong_to_the_root_alone():
    assert problems(root({"combinator": "and", "rules": [FRENCH], "version": 1})) == [
        ("/rules/0/version", "unknown key 'version'")
    ]


@pytest.mark.parametrize("field", [None, "", 1, ["customer.country"]])
def test_a_field_must_name_a_fact(field):
    assert problems(root({**FRENCH, "field": field})) == [("/rules/0/field", "field must name a fact")]
    assert problems(root({**FREQUENT, "field": field})) == [("/rules/0/field", "field must name a fact")]
    where = {"combinator": "and", "rules": [{**LARGE, "field": field}]}
    assert problems(root({**FREQUENT, "where": where})) == [("/rules/0/where/rules/0/field", "field must name a fact")]


@pytest.mark.parametrize(
    "field", ["Country", "customer country", 'x = "1" or customer.y', "a\u202eb", "\0", "where", "pattern", "ł", "a..b"]
)
def test_what_cannot_be_written_in_a_text_is_no_name(field):
    assert problems(root({**FRENCH, "field": field})) == [("/rules/0/field", f"{field!r} is not a name")]


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


@pytest.mark.parametrize("value", ["a\0b", "\x1b[31m", "abc\u202edef", "\u2066", "\ud800", "\x85"])
def test_a_text_that_deceives_is_refused(value):
    said = "the text holds a control or text-direction character"

    assert problems(root(attribute("=", value))) == [("/rules/0/value", said)]
    assert problems(root(attribute("in", ["ok", value]))) == [("/rules/0/value/1", said)]
    assert problems(root({**FREQUENT, "window": {"since": value}})) == [("/rules/0/window/since", said)]


def test_long_values_are_cut_in_messages():
    ((_, message),) = problems(root({**FRENCH, "kind": "x" * 1000}))

    assert message == f"unknown kind of condition '{'x' * 60}'…"
