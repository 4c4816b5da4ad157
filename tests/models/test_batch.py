from __future__ import annotations

import pytest

from segmentation.models.batch import BATCH, batches


@pytest.mark.parametrize(
    ("items", "size", "pieces"),
    [
        ([], 2, []),
        ([1], 2, [[1]]),
        ([1, 2], 2, [[1, 2]]),
        ([1, 2, 3], 2, [[1, 2], [3]]),
        ((1, 2, 3), 1, [(1,), (2,), (3,)]),
    ],
)
def test_pieces_of_at_most_a_size(items, size, pieces):
    assert list(batches(items, size)) == pieces


def test_a_piece_is_a_batch():
    assert [len(piece) for piece in batches(range(2 * BATCH + 1))] == [BATCH, BATCH, 1]
