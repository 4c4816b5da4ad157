"""What was before: stored memberships, the owner's words, and the cut-offs of the day. The kernel reads it and keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.plan import Ranking

Limit = tuple[int, int]
"""A fraction: numerator and positive divisor, in scaled units."""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """The value of the last who is in, and of the last who may stay; None where everybody of the base is.

    `population` is how many the base had: of nobody nobody is in.
    """

    population: int
    limit: Limit | None = None
    leave_at: Limit | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The stored membership of one segment: who is in, since when, and when others last left (seconds, MISSING if never)."""

    member: NDArray[np.bool_]
    since: NDArray[np.int64]
    left: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Overrides:
    """Whom the owner put in a segment and kept out of it."""

    included: NDArray[np.bool_]
    excluded: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Prior:
    """By segment: standings and overrides, over the customers at hand; by ranking: the day's cut-offs.

    A segment without a standing was never filled. A ranking without a cut-off gets it from the columns at hand, which
    is right only if they have the whole base.
    """

    standings: Mapping[str, Standing] = field(default_factory=dict)
    overrides: Mapping[str, Overrides] = field(default_factory=dict)
    cutoffs: Mapping[Ranking, Cutoff] = field(default_factory=dict)


NONE = Prior()
"""Nothing was before."""
