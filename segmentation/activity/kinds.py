"""What a deed may be called."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """The deeds that every shop knows; a shop's own is a word of 1 to 32 small letters and underscores."""

    VISIT = "visit"
    VIEW = "view"
    SEARCH = "search"
    ADD_TO_CART = "add_to_cart"
    REMOVE_FROM_CART = "remove_from_cart"
    ADD_TO_WISHLIST = "add_to_wishlist"
    REMOVE_FROM_WISHLIST = "remove_from_wishlist"
    CHECKOUT = "checkout"


WORD = re.compile(r"[a-z_]{1,32}")


def checked_kind(kind: str) -> str:
    """The kind as it is stored. Raises ValueError where none can be called that."""
    if not isinstance(kind, str) or not WORD.fullmatch(kind):
        raise ValueError(f"{kind!r} is no kind of activity: use 1 to 32 of a-z and _, such as {Kind.VIEW.value!r}")
    return str(kind)
