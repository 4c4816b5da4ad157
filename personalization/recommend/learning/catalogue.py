"""The products that models know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.distinct import distinct
from segmentation.store.purchases import Purchases

LEAST_PEOPLE = 5
"""Who buy a product before anything is learned of it."""

LEAST_PRODUCTS = 20
"""A small shop in which fewer products have so many buyers is content with fewer."""


MOST_SCORES = 5_000_000_000
"""People times products, each scored by several models."""

FEWEST_PRODUCTS = 5_000
"""That are scored for people in any case."""


@dataclass(frozen=True)
class Catalogue:
    """Products with a column each. `products` are their numbers, rising; `columns` is of all numbers, -1 of those left out."""

    products: NDArray[np.int64]
    columns: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.products)


def catalogue_for_people(purchases: Purchases) -> Catalogue:
    """The same, of as many products (those with the most buyers) as can be scored for everybody in a very large shop."""
    catalogue, buyers = catalogue_of(purchases), buyers_of(purchases)
    most = max(MOST_SCORES // max(len(purchases.keys), 1), FEWEST_PRODUCTS)
    if len(catalogue) <= most:
        return catalogue
    loudest = np.argsort(-buyers[catalogue.products], kind="stable")[:most]
    return _numbered(np.sort(catalogue.products[loudest]), purchases)


def catalogue_of(purchases: Purchases, least: int = LEAST_PEOPLE) -> Catalogue:
    """The products that at least so many people bought, or fewer where that leaves less than `LEAST_PRODUCTS`."""
    buyers = buyers_of(purchases)
    enough = min(LEAST_PRODUCTS, int(np.count_nonzero(buyers)))
    while least > 1 and np.count_nonzero(buyers >= least) < enough:
        least -= 1
    return _numbered(np.flatnonzero(buyers >= max(least, 1)), purchases)


def _numbered(products: NDArray[np.int64], purchases: Purchases) -> Catalogue:
    columns = np.full(len(purchases.products), -1, np.int32)
    columns[products] = np.arange(len(products))
    return Catalogue(products, columns)


def buyers_of(purchases: Purchases) -> NDArray[np.int64]:
    """Of each product, how many people bought it."""
    lines = np.nan_to_num(purchases.quantity, nan=0.0) > 0
    count = max(len(purchases.products), 1)
    pairs = distinct(purchases.person[lines].astype(np.int64) * count + purchases.product[lines])
    return np.bincount(pairs % count, minlength=len(purchases.products))
