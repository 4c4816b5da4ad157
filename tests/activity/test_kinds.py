from __future__ import annotations

import pytest

from segmentation.activity import Kind
from segmentation.activity.kinds import checked_kind


def test_the_kinds_that_every_shop_knows():
    assert list(Kind) == [
        "visit",
        "view",
        "search",
        "add_to_cart",
        "remove_from_cart",
        "add_to_wishlist",
        "remove_from_wishlist",
        "checkout",
    ]
    assert [checked_kind(kind) for kind in Kind] == [kind.value for kind in Kind]


@pytest.mark.parametrize("kind", ["download", "a", "_", "z" * 32])
def test_a_shops_own_kind(kind):
    assert checked_kind(kind) == kind


@pytest.mark.parametrize("kind", ["", "View", "add to cart", "views2", "z" * 33, "view\n", "wgląd", None, 7])
def test_no_kind(kind):
    with pytest.raises(ValueError, match="is no kind of activity: use 1 to 32 of a-z and _, such as 'view'"):
        checked_kind(kind)
