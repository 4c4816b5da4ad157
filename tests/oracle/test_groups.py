from __future__ import annotations

from typing import Any

import pytest

from .groups import group_truth
from .worlds import all_of, any_of, at_least

T, F, U = {"is": True}, {"is": False}, {"is": None}


def asked(group: dict[str, Any]) -> bool | None:
    return group_truth(group, lambda node: node["is"])


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (all_of(T, T), True),
        (all_of(T, U), None),
        (any_of(F, U), None),
        (any_of(T, U), True),
        (at_least(1, F, U), None),
        (at_least(2, T, T, U), True),
        (at_least(2, T, U, F), None),
        (at_least(2, T, F, F), False),
        (at_least(3, T, T, U), None),
        (at_least(3, T, T, F), False),
        (at_least(2, T, T, F, **{"not": True}), False),
        (at_least(2, T, U, F, **{"not": True}), None),
    ],
)
def test_groups(group: dict[str, Any], expected: bool | None) -> None:
    assert asked(group) is expected


@pytest.mark.parametrize("group", [all_of(), at_least(0, T), at_least(2, T)])
def test_groups_that_mean_nothing(group: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="means nothing"):
        asked(group)
