"""The oracle's memory of what was before as the kernel reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from segmentation.kernel.columns import MISSING
from segmentation.kernel.moments import seconds
from segmentation.kernel.prior import Overrides, Prior, Standing
from tests.oracle.prior import EXCLUDED, INCLUDED
from tests.oracle.prior import Prior as Before
from tests.oracle.prior import Standing as Stood


def prior_of(before: Before, keys: Sequence[str]) -> Prior:
    """Over the people of these keys, in their order; without cut-offs."""
    slugs = {slug for slug, _ in before.standings}

    def each(slug: str, ask: Callable[[Stood], Any], kind: Any) -> Any:
        return np.array([ask(before.standing(slug, key)) for key in keys], kind)

    standings = {
        slug: Standing(
            each(slug, lambda stood: stood.member, np.bool_),
            each(slug, lambda stood: _second(stood.since), np.int64),
            each(slug, lambda stood: _second(stood.left), np.int64),
        )
        for slug in slugs
    }
    overrides = {
        slug: Overrides(
            each(slug, lambda stood: stood.word == INCLUDED, np.bool_), each(slug, lambda stood: stood.word == EXCLUDED, np.bool_)
        )
        for slug in slugs
    }
    return Prior(standings, overrides)


def _second(moment: datetime | None) -> int:
    return MISSING if moment is None else seconds(moment)
