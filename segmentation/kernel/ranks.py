"""Places in the base: the cut-off that lets k people in, ties included, and who is within it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from fractions import Fraction
from itertools import accumulate
from math import ceil

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.checks import in_fraction_spans, in_integer_spans
from segmentation.kernel.measures import Mask, Measured
from segmentation.kernel.plan import Ranking, Span
from segmentation.kernel.prior import Cutoff, Limit

_ROUNDING = 2.0**-48
"""Relative; quotients of floats are nearer to the true ones than this."""


def base_of(measured: Measured) -> Mask:
    """Who is ranked: those of whom the value is known and who have rows to be ranked by."""
    return measured.known & ~measured.lacking


def cut_off(ranking: Ranking, measured: Measured) -> Cutoff:
    """The cut-offs over the base, which is everybody at hand with a known value."""
    base = base_of(measured)
    values = measured.values[base]
    divisors = np.ones(len(values), np.int64) if measured.divisors is None else measured.divisors[base]
    limit = _kth(ranking, ranking.limit, values, divisors)
    leave_at = None if ranking.leave_at is None else _kth(ranking, ranking.leave_at, values, divisors)
    return Cutoff(len(values), limit, leave_at)


def within(ranking: Ranking, measured: Measured, cutoff: Cutoff, limit: Limit | None) -> Mask:
    """Who of the base reaches a limit of the cut-off."""
    base = base_of(measured)
    if cutoff.population == 0:
        return np.zeros(len(base), np.bool_)
    if limit is None:
        return base
    bound = Fraction(*limit)
    spans = (Span(low=bound) if ranking.greatest else Span(high=bound),)
    if measured.divisors is None:
        return base & in_integer_spans(spans, measured.values)
    return base & in_fraction_spans(spans, measured.values, measured.divisors)


def _kth(ranking: Ranking, share: Fraction, values: NDArray[np.int64], divisors: NDArray[np.int64]) -> Limit | None:
    """The k-th best value, exactly; None where the base has fewer than k."""
    size = len(values)
    k = ceil(size * share / 100) if ranking.percent else int(share)
    if size < k or not size:
        return None
    place = size - k if ranking.greatest else k - 1
    if (divisors == 1).all():
        return int(np.partition(values, place)[place]), 1
    quotients = values.astype(np.float64) / divisors.astype(np.float64)
    about = float(np.partition(quotients, place)[place])
    # Floats find the neighbourhood; which of the neighbours it is, exact fractions tell.
    margin = abs(about) * _ROUNDING
    place -= int((quotients < about - margin).sum())
    near = np.flatnonzero((quotients >= about - margin) & (quotients <= about + margin))
    neighbours = Counter(zip(values[near].tolist(), divisors[near].tolist(), strict=True))
    exact = sorted((Fraction(value, divisor), count) for (value, divisor), count in neighbours.items())
    passed = list(accumulate(count for _, count in exact))
    return exact[bisect_right(passed, place)][0].as_integer_ratio()
