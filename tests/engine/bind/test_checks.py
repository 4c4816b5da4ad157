from __future__ import annotations

from fractions import Fraction

import pytest

from segmentation.kernel.plan import Holds, InSpans, Size, Span, Within
from segmentation.rules import Rule
from segmentation.rules.tree import Attribute, Circle, Comparison, Group
from tests.engine.binding import only_leaf, problems


def rule(field, operator, value):
    """A rule made by hand."""
    return Rule(Group("and", (Attribute(field, operator, value),)))


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ('has any ("VIP", " Łódź ")', Holds("has_any", ("vip", "łódź"))),
        ('has all ("STRASSE")', Holds("has_all", ("strasse",))),
        ('has none ("a", 3)', Holds("has_none", ("a", "3"))),
        ("size >= 2", Size((Span(low=Fraction(2)),))),
        ("size < 1.5", Size((Span(high=Fraction(3, 2), high_open=True),))),
        ("size between 2 and 4", Size((Span(Fraction(2), Fraction(4)),))),
        ("size in (1, 3)", Size((Span(Fraction(1), Fraction(1)), Span(Fraction(3), Fraction(3))))),
        ("size != 0", Size((Span(high=Fraction(0), high_open=True), Span(low=Fraction(0), low_open=True)))),
    ],
)
def test_sets(text, check):
    assert only_leaf(f"customer.tags {text}").check == check


@pytest.mark.parametrize(
    ("value", "path", "message"),
    [
        (Comparison(">=", "many"), "/value/value", "'many' is not a number"),
        (Comparison("in", ("1", "x")), "/value/value/1", "'x' is not a number"),
        (Comparison("between", ("4", "2")), "/value/value", "between has its ends the wrong way round"),
        (Comparison("contains", "2"), "/value/operator", "a size is compared as a number is"),
        (Comparison("last", "2"), "/value/operator", "a size is compared as a number is"),
    ],
)
def test_sizes_that_cannot_be(value, path, message):
    assert problems(rule("customer.tags", "size", value)) == [(f"/rules/0{path}", message)]


def test_places():
    assert only_leaf("customer.place within 20.5 km of (48.85, -2.35)").check == Within(48.85, -2.35, 20.5)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Circle("north", "2.35", "20"), [("/value/lat", "'north' is not a number")]),
        (
            Circle("48.85", "2,35", "far"),
            [("/value/lon", "'2,35' is not a number"), ("/value/km", "'far' is not a number")],
        ),
        ("48.85", [("/value", "a place needs lat, lon and km")]),
    ],
)
def test_places_that_cannot_be(value, told):
    assert problems(rule("customer.place", "within_km", value)) == [(f"/rules/0{path}", message) for path, message in told]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('customer.tags = "a"', "has any, has all, has none, size, is set, is not set"),
        ('customer.place = "a"', "within km, is set, is not set"),
    ],
)
def test_sets_and_places_have_operators_of_their_own(text, known):
    kind = {"tags": "set", "place": "geo"}[text.split()[0].removeprefix("customer.")]

    assert problems(text) == [
        ("/rules/0/operator", f"{text.split()[0]} is a {kind}, which has no operator =; it has {known}"),
    ]


@pytest.mark.parametrize("measure", ['share(total, where channel = "web")', "days_between()", "count_distinct(total)"])
def test_measures_that_give_plain_numbers_are_not_compared_in_the_units_of_a_column(measure):
    assert only_leaf(f"orders.{measure} > 0.25").check == InSpans((Span(low=Fraction(1, 4), low_open=True),))
