from __future__ import annotations

import numpy as np
import pytest

from segmentation.kernel.columns import MISSING
from segmentation.kernel.measures import Selected
from segmentation.kernel.nth import nth_rows


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (0, [3, 4, MISSING]),
        (1, [6, MISSING, MISSING]),
        (2, [9, MISSING, MISSING]),
        (3, [MISSING] * 3),
        (-1, [9, 4, MISSING]),
        (-3, [3, MISSING, MISSING]),
    ],
)
def test_the_row_at_a_place(place, expected):
    dated = Selected(np.array([3, 4, 6, 9]), np.array([0, 1, 0, 0], np.int32), 3)

    assert nth_rows(dated, place).tolist() == expected


def test_nobody_has_a_row():
    nobody = Selected(np.array([], np.int64), np.array([], np.int32), 2)

    assert nth_rows(nobody, 0).tolist() == [MISSING, MISSING]
