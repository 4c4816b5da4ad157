from __future__ import annotations

import pytest

from .kleene import Truth, conjunction, disjunction, negation

T, F, U = True, False, None


@pytest.mark.parametrize(("value", "expected"), [(T, F), (F, T), (U, U)])
def test_negation(value: Truth, expected: Truth) -> None:
    assert negation(value) is expected


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_and_and_or(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    assert conjunction([one, other]) is both
    assert disjunction([one, other]) is either
