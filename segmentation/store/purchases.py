"""Who bought what, when: the lines of orders as columns, for whatever learns from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Purchases:
    """Lines of orders of people whom we know, in the order of time; nobody's orders are left out.

    People, orders and products are numbered 0 … n - 1. `keys` are profile keys ("user:17"), `names` what the shop calls
    these people: the customer's id, of a guest the profile key. `products` are the shop's ids, letter by letter. `country` is
    that of the order, as an index of `countries`, -1 where the shop does not say.
    """

    keys: Sequence[str]
    names: Sequence[str]
    products: Sequence[str]
    countries: Sequence[str]
    person: NDArray[np.int32]
    order: NDArray[np.int32]
    product: NDArray[np.int32]
    country: NDArray[np.int16]
    times: NDArray[np.int64]
    """Seconds since 1970."""
    quantity: NDArray[np.float32]
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Rows of the shop that are not among these, by reason: "nobodys", "refused" and "untimed" orders, and lines "of_no_order"
    (or of one that was left out), "of_no_product" and of "no_piece"."""

    def __len__(self) -> int:
        return len(self.times)

    def before(self, moment: int) -> Purchases:
        """The lines of before that second; numbers stay what they are."""
        return self.only(slice(0, int(np.searchsorted(self.times, moment, "left"))))

    def since(self, moment: int) -> Purchases:
        """The other lines."""
        return self.only(slice(int(np.searchsorted(self.times, moment, "left")), len(self)))

    def only(self, lines: slice | NDArray[np.int64] | NDArray[np.bool_]) -> Purchases:
        """Some of the lines, in their order."""
        columns = ("person", "order", "product", "country", "times", "quantity")
        return replace(self, **{name: getattr(self, name)[lines] for name in columns})

    @cached_property
    def number_of_products(self) -> dict[str, int]:
        """Id -> number."""
        return {product: number for number, product in enumerate(self.products)}
