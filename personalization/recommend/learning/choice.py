"""Which models a shop is served by, with their settings: chosen on an inner split of its own orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from personalization.recommend.learning.progress import Progress, quiet
from segmentation.store.purchases import Purchases


@dataclass(frozen=True)
class Choice:
    """Settings by task ("next", "new", "basket"), fit for JSON: which models, how they are blended, and their parameters.

    `tried` says what the others reached on the inner split, by task and name.
    """

    settings: Mapping[str, Mapping[str, Any]]
    tried: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def choose(purchases: Purchases, *, progress: Progress = quiet) -> Choice:
    """The settings that do best on the last part of these purchases, learned from the part before; never looks further."""
    raise NotImplementedError
