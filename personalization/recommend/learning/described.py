"""What models are told of products besides who bought them."""

from __future__ import annotations

from typing import NamedTuple


class Described(NamedTuple):
    """A product's words and price; what is not known is empty or None."""

    title: str = ""
    category: str = ""
    brand: str = ""
    price: float | None = None
