"""Conditions that cannot all be true, and conditions that are always true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from django.utils.translation import gettext_noop

from segmentation.engine.lint.looked import Looked
from segmentation.errors import Problem
from segmentation.kernel.plan import (
    AfterLast,
    AnyLeaf,
    Check,
    InSpans,
    IsSet,
    Leaf,
    RowFilter,
    RowGroup,
    RowTest,
    Selection,
    Span,
    Term,
    Words,
    selections_of,
)
from segmentation.rules.tree import Window

CONTRARY = gettext_noop("this and the condition at %(other)s can never both be true, so nobody is in")
CONTRARY_THERE = gettext_noop("this and the condition at %(other)s can never both be true")
IN_ROW = gettext_noop("the conditions on %(column)s can never both be true of one row, so no row counts")
NEVER = gettext_noop("this is never true: the smallest count is 0")
ALWAYS = gettext_noop("this is always true: the smallest count is 0")

_COUNTS = ("count", "count_distinct")
_ONE_OF = ("=", "in")
_NONE_OF = ("!=", "not_in")


def warnings(looked: Looked) -> Iterator[Problem]:
    """Within each condition, and between those that must be true at once."""
    for path, _, bound in looked.conditions():
        yield from _alone(path, bound)
    for group, leaves in looked.together():
        for (path, one), (other, two) in combinations(leaves, 2):
            if _are_contrary(looked, one, two):
                yield Problem(other, CONTRARY_THERE if group else CONTRARY, {"other": path})


def _alone(path: str, leaf: AnyLeaf) -> Iterator[Problem]:
    for selection in selections_of(leaf):
        for column in _contrary_columns(selection.filter):
            yield Problem(path, IN_ROW, {"column": column})
    match leaf:
        case Leaf(asked=Term(_, measure), check=InSpans(spans)) if measure in _COUNTS:
            allowed = _whole(spans)
            if not allowed:
                yield Problem(path, NEVER)
            elif allowed == [(0, None)]:
                yield Problem(path, ALWAYS)


def _are_contrary(looked: Looked, one: AnyLeaf, two: AnyLeaf) -> bool:
    if not (isinstance(one, Leaf) and isinstance(two, Leaf)):
        return False
    if one.asked == two.asked:
        return _exclude(one.check, two.check) and not (_takes_unknown(one) and _takes_unknown(two))
    return _counts_clash(looked, one, two) or _counts_clash(looked, two, one)


def _takes_unknown(leaf: Leaf) -> bool:
    """Whether those of whom the answer is not known pass; a count is always known."""
    if isinstance(leaf.asked, Term) and leaf.asked.measure in _COUNTS:
        return False
    return leaf.check == IsSet(False) or (leaf.if_unknown == "yes" and not isinstance(leaf.check, IsSet))


def _exclude(one: Check, two: Check) -> bool:
    """Whether no value passes both checks."""
    match one, two:
        case (IsSet(False), IsSet(True)) | (IsSet(True), IsSet(False)):
            return True
        case (IsSet(False), _) | (_, IsSet(False)):
            return not isinstance(two if isinstance(one, IsSet) else one, IsSet)
        case InSpans(first), InSpans(second):
            return not any(_meet(a, b) for a in first for b in second)
        case Words(how, first), Words(other, second) if how in _ONE_OF and other in _ONE_OF:
            return set(first).isdisjoint(second)
        case (Words(how, wanted), Words(other, banned)) if how in _ONE_OF and other in _NONE_OF:
            return set(wanted) <= set(banned)
        case (Words(how, banned), Words(other, wanted)) if how in _NONE_OF and other in _ONE_OF:
            return set(wanted) <= set(banned)
    return False


def _meet(one: Span, two: Span) -> bool:
    """Whether two intervals have a number in common."""
    low = max((span for span in (one, two) if span.low is not None), key=lambda s: (s.low, s.low_open), default=None)
    high = min((span for span in (one, two) if span.high is not None), key=lambda s: (s.high, not s.high_open), default=None)
    if low is None or high is None or low.low is None or high.high is None:
        return True
    return low.low < high.high or (low.low == high.high and not low.low_open and not high.high_open)


def _counts_clash(looked: Looked, inner: Leaf, outer: Leaf) -> bool:
    """More rows wanted in a window than are allowed in a longer one around it."""
    match inner, outer:
        case (
            Leaf(asked=Term(short, "count"), check=InSpans(wanted)),
            Leaf(asked=Term(long, "count"), check=InSpans(allowed)),
        ) if (short.relation, short.filter) == (long.relation, long.filter) and _lies_in(looked, short, long):
            least = min((low for low, _ in _whole(wanted)), default=0)
            most = [high for _, high in _whole(allowed)]
            return bool(most) and None not in most and least > max(high for high in most if high is not None)
    return False


def _lies_in(looked: Looked, short: Selection, long: Selection) -> bool:
    """Whether every row of one window lies in the other."""
    if long.window is None:
        return True
    inner, outer = (_bounds(looked, one.window) for one in (short, long))
    return inner is not None and outer is not None and outer[0] <= inner[0] and inner[1] <= outer[1]


def _bounds(looked: Looked, window: Window | AfterLast | None) -> tuple[int, int] | None:
    return None if isinstance(window, AfterLast) else looked.calendar.window(window, looked.now)


def _whole(spans: Sequence[Span]) -> list[tuple[int, int | None]]:
    """The counts, from 0 on, that lie in the spans: first and last of each."""
    found = []
    for span in spans:
        low = 0 if span.low is None else max(0, _first_from(span.low, span.low_open))
        high = None if span.high is None else _last_to(span.high, span.high_open)
        if high is None or low <= high:
            found.append((low, high))
    return found


def _first_from(limit: Fraction, is_open: bool) -> int:
    return floor(limit) + 1 if is_open else ceil(limit)


def _last_to(limit: Fraction, is_open: bool) -> int:
    return ceil(limit) - 1 if is_open else floor(limit)


def _contrary_columns(row_filter: RowFilter | None) -> Iterator[str]:
    """Columns of one row of which too much is asked."""
    if not isinstance(row_filter, RowGroup) or row_filter.negated:
        return
    if row_filter.combinator == "and":
        tests = [part for part in row_filter.parts if isinstance(part, RowTest)]
        for one, two in combinations(tests, 2):
            if one.column == two.column and _exclude(one.check, two.check):
                yield one.column
    for part in row_filter.parts:
        yield from _contrary_columns(part)
