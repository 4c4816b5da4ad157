from __future__ import annotations

import numpy as np
import pytest

from personalization.recommend.learning.distinct import distinct


@pytest.mark.parametrize("values", [[], [3], [2, 2], [5, -1, 5, 0, 5, -1]], ids=str)
def test_as_numpy_has_it(values):
    given = np.array(values, np.int32)
    found = distinct(given)
    assert (found.tolist(), found.dtype) == (np.unique(given).tolist(), np.int32)
    assert given.tolist() == values
