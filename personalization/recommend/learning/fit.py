"""All models of one training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.choice import Choice
from personalization.recommend.learning.described import Described
from personalization.recommend.learning.progress import Progress, quiet
from personalization.recommend.listed import Lists
from segmentation.store.purchases import Purchases


class Fitted:
    """Models that have learned, and the lists they make. Only products bought before can be in them, but for SIMILAR."""

    def people(self) -> Iterator[tuple[str, Lists]]:
        """(profile key, NEXT, NEW, AGAIN and BOUGHT) of everyone who bought; `because` of NEW is a product they bought."""
        raise NotImplementedError

    def products(self) -> Iterator[tuple[str, Lists]]:
        """(product, TOGETHER and SIMILAR); TOGETHER names nothing that fewer than five people bought together with it."""
        raise NotImplementedError

    def popular(self, among: NDArray[np.bool_] | None = None, country: str = "") -> Lists:
        """TRENDING and BEST, of everyone, of some people (a mask over `Purchases.keys`) or of orders to a country."""
        raise NotImplementedError

    def who_wants(self, product: str, limit: int) -> Sequence[tuple[str, float]]:
        """(profile key, share 0 … 1) of those who never bought the product and most likely will, the likeliest in front."""
        raise NotImplementedError


def fit(
    purchases: Purchases,
    choice: Choice,
    *,
    now: int,
    described: Mapping[str, Described] | None = None,
    progress: Progress = quiet,
) -> Fitted:
    """Learn from all these purchases, as of the second `now`. Raises NothingToLearn where there are none."""
    raise NotImplementedError
