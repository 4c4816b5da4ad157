from __future__ import annotations

from threading import Event

import pytest

from personalization.recommend.learning import blocks as module
from personalization.recommend.learning.blocks import ahead, blocks


def test_blocks_are_as_large_as_they_may_be(monkeypatch):
    monkeypatch.setattr(module, "BLOCK_CELLS", 10)
    assert list(blocks(5, 4)) == [slice(0, 2), slice(2, 4), slice(4, 5)]
    assert list(blocks(2, 100)) == [slice(0, 1), slice(1, 2)]
    assert list(blocks(0, 4)) == []


@pytest.mark.parametrize("several", [[], [1], [1, 2, 3]])
def test_what_is_made_comes_in_order(several):
    assert list(ahead(lambda one: -one, several)) == [(one, -one) for one in several]


def test_the_next_is_made_while_this_one_is_used():
    begun = {one: Event() for one in (1, 2)}
    made = ahead(lambda one: begun[one].set() or one, [1, 2])
    assert next(made) == (1, 1)
    assert begun[2].wait(10)


def test_what_fails_is_raised_where_it_is_used():
    def fail(one: int) -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(ahead(fail, [1, 2]))


def test_whoever_stops_early_leaves_nothing_behind():
    made = ahead(lambda one: one, [1, 2, 3])
    next(made)
    made.close()
