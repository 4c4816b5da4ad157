from __future__ import annotations

import pytest

from tests.engine.lint.looking import looked

A, B, C, D = (f"orders.count() > {number}" for number in range(4))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (A, [("", [0])]),
        (f"{A} and {B} and ({C} and {D})", [("", [0, 1, 2, 3])]),
        (f"{A} or {B}", []),
        (f"({A} and {B}) or {C}", [("/rules/0", [0, 1])]),
        (f"{A} and ({B} or ({C} and {D}))", [("", [0]), ("/rules/1/rules/1", [2, 3])]),
        # Below an `and` that stands in another.
        (f"{A} and ({B} and ({C} or ({D} and {A})))", [("", [0, 1]), ("/rules/1/rules/1/rules/1", [3, 0])]),
        (f"{A} and not ({B} and {C})", [("", [0])]),
        (f"{A} and not ({B} or ({C} and {D}))", [("", [0]), ("/rules/1/rules/1", [2, 3])]),
        (f"at least 1 of ({A}, ({B} and {C}))", [("/rules/1", [1, 2])]),
    ],
)
def test_what_must_be_true_together(text, expected):
    found = [(path, [int(leaf.check.spans[0].low) for _, leaf in leaves]) for path, leaves in looked(text).together()]

    assert found == expected


def test_the_places_of_what_is_together():
    ((_, leaves),) = looked(f"{A} and ({B} and {C})").together()

    assert [path for path, _ in leaves] == ["/rules/0", "/rules/1/rules/0", "/rules/1/rules/1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A} and {B}", set()),
        (f"{A} and not ({B} or {C})", {"/rules/1/rules/0", "/rules/1/rules/1"}),
        (f"not ({A} and ({B} or {C}))", {"/rules/0", "/rules/1/rules/0", "/rules/1/rules/1"}),
        (f"{A} and not ({B} or not {C})", {"/rules/1/rules/0", "/rules/1/rules/1/rules/0"}),
        ("orders.count(where not (gift is true)) > 0", set()),
    ],
)
def test_what_is_below_a_not(text, expected):
    assert looked(text).negated() == expected


def test_conditions_in_reading_order():
    found = list(looked(f'{A} and ({B} or in segment "vip")').conditions())

    assert [path for path, _, _ in found] == ["/rules/0", "/rules/1/rules/0", "/rules/1/rules/1"]
    assert [type(bound).__name__ for _, _, bound in found] == ["Leaf", "Leaf", "MemberLeaf"]
    assert [type(leaf).__name__ for _, leaf, _ in found] == ["Behaviour", "Behaviour", "Member"]
