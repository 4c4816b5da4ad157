from __future__ import annotations

import pytest

from segmentation.engine.bind.circles import circles


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        ({}, {}),
        ({"a": []}, {}),
        ({"a": ["b"], "b": []}, {}),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, {}),  # a diamond is no circle
        ({"a": ["nobody knows"]}, {}),
        ({"a": ["a"]}, {"a": ("a", "a")}),
        ({"a": ["b"], "b": ["a"]}, {"a": ("a", "b", "a"), "b": ("b", "a", "b")}),
        (
            {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]},  # d only leads there
            {"a": ("a", "b", "c", "a"), "b": ("b", "c", "a", "b"), "c": ("c", "a", "b", "c")},
        ),
        # The shortest way of two, and a circle within reach that one is not on.
        ({"a": ["b", "c"], "b": ["c"], "c": ["a"]}, {"a": ("a", "c", "a"), "b": ("b", "c", "a", "b"), "c": ("c", "a", "c")}),
        ({"a": ["b"], "b": ["b"]}, {"b": ("b", "b")}),
    ],
)
def test_who_lies_on_a_circle_and_the_way_back(references, expected):
    assert circles(references) == expected


def test_a_long_circle_is_found_from_everywhere():
    names = [str(number) for number in range(200)]
    ring = {name: [after] for name, after in zip(names, [*names[1:], names[0]], strict=True)}

    found = circles(ring)
    assert {len(way) for way in found.values()} == {201}
    assert found["7"][:3] == ("7", "8", "9")
