from __future__ import annotations

import pytest

from segmentation.rules.tree import Circle, Comparison, Duration
from segmentation.rules.values import OPERATORS, PERIODS, UNITS, Shape
from tests.rules.definitions import FREQUENT, attribute, only_leaf, problems, root


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


def test_operators_without_a_value_take_null():
    assert only_leaf(root(attribute("is_set", None))).value is None


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


@pytest.mark.parametrize("value", ["FR", {}, [], 1])
@pytest.mark.parametrize("operator", ["in", "not_in", "has_any", "has_all", "has_none"])
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


# Sizes of sets


@pytest.mark.parametrize(
    ("stored", "size"),
    [
        ({"operator": ">=", "value": "2"}, Comparison(">=", "2")),
        ({"operator": "=", "value": 0}, Comparison("=", "0")),
        ({"value": ["1", 2], "operator": "in"}, Comparison("in", ("1", "2"))),
        ({"operator": "between", "value": ["1", "2"]}, Comparison("between", ("1", "2"))),
    ],
)
def test_the_size_of_a_set(stored, size):
    assert only_leaf(root(attribute("size", stored))).value == size


@pytest.mark.parametrize("value", [2, "2", [">=", "2"], {}, {"operator": ">="}, {"operator": ">=", "value": "2", "unit": "day"}])
def test_a_size_has_operator_and_value(value):
    said = "a size must have operator and value and nothing else"

    assert problems(root(attribute("size", value))) == [("/rules/0/value", said)]


@pytest.mark.parametrize("operator", ["is_set", "not_in", "contains", "on", "has_any", "size", None])
def test_the_size_of_a_set_is_compared_as_numbers_are(operator):
    (problem,) = problems(root(attribute("size", {"operator": operator, "value": "2"})))

    assert problem[0] == "/rules/0/value/operator"
    assert problem[1].endswith(": it must be one of =, !=, in, <, <=, >, >=, between")


@pytest.mark.parametrize(
    ("operator", "value", "path", "said"),
    [
        ("=", "two", "", "the size of a set is a number"),
        ("=", "", "", "the size of a set is a number"),
        ("in", ["1", "x"], "", "the size of a set is a number"),
        ("=", None, "", "the value must be a text"),
        ("=", 2.0, "", 'write the number as text, such as "80.50": a float is not exact'),
        ("=", ["1"], "", "the value must be a text"),
        ("in", "1", "", "the value must be a list"),
        ("in", ["1", 1.5], "/1", 'write the number as text, such as "80.50": a float is not exact'),
        ("between", ["1"], "", "the list must have exactly 2 values"),
    ],
)
def test_a_size_is_a_number(operator, value, path, said):
    assert problems(root(attribute("size", {"operator": operator, "value": value}))) == [(f"/rules/0/value/value{path}", said)]


# Places

PARIS = {"lat": "48.85", "lon": "2.35", "km": "20"}


@pytest.mark.parametrize(
    ("stored", "circle"),
    [
        (PARIS, Circle("48.85", "2.35", "20")),
        ({"lat": -90, "lon": 180, "km": 1}, Circle("-90", "180", "1")),
        ({"lat": "90", "lon": "-180.0", "km": "0.001"}, Circle("90", "-180.0", "0.001")),
    ],
)
def test_a_place_and_a_distance(stored, circle):
    assert only_leaf(root(attribute("within_km", stored))).value == circle


@pytest.mark.parametrize("value", ["Paris", ["48.85", "2.35", "20"], {}, {"lat": "48.85", "lon": "2.35"}, {**PARIS, "in": "1"}])
def test_a_place_has_lat_lon_and_km(value):
    said = "a place must have lat, lon and km and nothing else"

    assert problems(root(attribute("within_km", value))) == [("/rules/0/value", said)]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("lat", "90.01", "lat must be a number from -90 to 90"),
        ("lat", "-91", "lat must be a number from -90 to 90"),
        ("lat", "north", "lat must be a number from -90 to 90"),
        ("lat", "", "lat must be a number from -90 to 90"),
        ("lon", "180.5", "lon must be a number from -180 to 180"),
        ("lon", "NaN", "lon must be a number from -180 to 180"),
        ("lon", 2.35, 'write the number as text, such as "80.50": a float is not exact'),
        ("km", "0", "km must be a number above 0"),
        ("km", "-1", "km must be a number above 0"),
        ("km", "far", "km must be a number above 0"),
        ("km", None, "the value must be a text"),
    ],
)
def test_a_place_lies_on_the_earth(key, value, said):
    assert problems(root(attribute("within_km", {**PARIS, key: value}))) == [(f"/rules/0/value/{key}", said)]


def test_all_that_is_wrong_with_a_place():
    wrong = problems(root(attribute("within_km", {"lat": "91", "lon": "181", "km": "0"})))

    assert [path for path, _ in wrong] == ["/rules/0/value/lat", "/rules/0/value/lon", "/rules/0/value/km"]
