from __future__ import annotations

import numpy as np
import pytest

from segmentation.kernel.measures import Selected
from segmentation.kernel.patterns import PATTERN, filled_periods
from segmentation.rules.values import PATTERNS

STARTS = (90, 80, 70)
"""Periods 1, 2 and 3; two periods are asked for."""


def filled(*times):
    """The periods of one customer with rows at these times."""
    one = Selected(np.arange(len(times)), np.zeros(len(times), np.int32), 1)
    return filled_periods(one, np.array(times, np.int64), STARTS)


@pytest.mark.parametrize(
    ("times", "periods"),
    [
        ([], []),
        ([69], [0]),
        ([70], [3]),
        ([79], [3]),
        ([80, 89], [2]),
        ([90], [1]),
        ([99], [1]),
        ([10, 75, 85, 95], [0, 1, 2, 3]),
    ],
)
def test_rows_lie_in_the_youngest_period_that_began(times, periods):
    assert np.flatnonzero(filled(*times)[:, 0]).tolist() == periods


@pytest.mark.parametrize(
    ("times", "shown"),
    [
        ([], set()),
        ([95], {"first_time"}),
        ([85, 95], {"regularly"}),
        ([75, 85, 95], {"regularly"}),
        ([75, 85], {"stopped"}),
        ([60, 95], {"restarted"}),
        ([75, 95], set()),
        ([60, 85, 95], {"regularly"}),
        ([60, 75, 85], {"stopped"}),
        ([85], set()),
        ([60], set()),
    ],
)
def test_patterns(times, shown):
    assert {name for name, pattern in PATTERN.items() if pattern(filled(*times), 2)[0]} == shown


def test_first_time_looks_at_everything_before_period_1():
    only = filled_periods(Selected(np.arange(2), np.array([0, 1], np.int32), 2), np.array([95, 60], np.int64), (90, 80))

    assert PATTERN["first_time"](only, 1).tolist() == [True, False]


def test_every_pattern_of_the_language_has_its_meaning():
    assert list(PATTERN) == list(PATTERNS)
