"""What is learned from: the shop's purchases and what its products are called."""

from __future__ import annotations

from personalization.recommend.learning.described import Described
from segmentation.store.purchases import Purchases


def read_shop() -> tuple[Purchases, dict[str, Described]]:
    """All purchases of the active source, and its products; two or three queries. Raises SourceError, NothingToLearn."""
    raise NotImplementedError
