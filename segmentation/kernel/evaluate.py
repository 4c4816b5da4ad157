"""One pass over columns that answers every rule of a plan."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import reduce
from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel import prior as before
from segmentation.kernel.buckets import buckets
from segmentation.kernel.checks import Mask, check_column, in_fraction_spans, in_integer_spans
from segmentation.kernel.columns import MISSING, Column, Columns, Numbers
from segmentation.kernel.measures import MEASURE, Asked, Integers, Measured, Selected
from segmentation.kernel.moments import END, FIRST, seconds
from segmentation.kernel.nth import nth_rows
from segmentation.kernel.patterns import PATTERN, filled_periods
from segmentation.kernel.plan import (
    AnyLeaf,
    Branch,
    BucketLeaf,
    Computed,
    InSpans,
    IsSet,
    Leaf,
    MemberLeaf,
    NthLeaf,
    PatternLeaf,
    Plan,
    Ranking,
    RankLeaf,
    Selection,
    SequenceLeaf,
    Term,
    leaves_of,
)
from segmentation.kernel.prior import Cutoff, Limit, Prior, Standing
from segmentation.kernel.ranks import cut_off, within
from segmentation.kernel.selecting import Selector
from segmentation.kernel.sequences import Steps, sequence
from segmentation.kernel.truth import Truth, combine
from segmentation.rules.tree import Duration, Window

Answer = tuple[Mask, Mask]
"""(true, known) for each customer."""


def evaluate(plan: Plan, columns: Columns, now: datetime, prior: Prior = before.NONE) -> Mapping[Hashable, Truth]:
    """The truth of each rule for each customer, at a moment; rows later than `now` never count.

    `now` is aware. Cut-offs that `prior` has not are taken from these columns, which must then be the whole base.
    Raises ValueError on an empty group, which never means everyone or no one, and on rules that refer to each other.
    """
    work = Pass(plan, columns, now, prior)
    # Those that others refer to come first, so that a long chain of references is no deep recursion.
    truths = {key: work.root(key) for key in _referred_first(plan)}
    return {key: truths[key] for key in plan.roots}


def cutoffs(plan: Plan, columns: Columns, now: datetime) -> dict[Ranking, Cutoff]:
    """The cut-offs of the shop's day, as of its midnight, over columns of the whole base."""
    midnight = datetime.fromtimestamp(0, UTC) + timedelta(seconds=plan.calendar.midnight(plan.calendar.today(now)))
    work = Pass(plan, columns, midnight, before.NONE)
    return {ranking: cut_off(ranking, work.ranked(ranking)) for ranking in plan.rankings()}


def _referred_first(plan: Plan) -> Iterator[Hashable]:
    refers = {
        key: [
            plan.segments[leaf.segment]
            for leaf in leaves_of(root)
            if isinstance(leaf, MemberLeaf) and leaf.segment in plan.segments
        ]
        for key, root in plan.roots.items()
    }
    try:
        yield from TopologicalSorter(refers).static_order()
    except CycleError as error:
        raise ValueError("the rules refer to each other in a circle") from error


class Pass:
    """What has been worked out so far; every distinct question of a plan is answered once."""

    def __init__(self, plan: Plan, columns: Columns, now: datetime, prior: Prior) -> None:
        if now.tzinfo is None:
            raise ValueError("now must be aware of its time zone")
        self._plan = plan
        self._calendar = plan.calendar
        self._columns = columns
        self._now = now.replace(microsecond=0)
        self._prior = prior
        self._selector = Selector(columns, plan.calendar, self._now)
        self._roots: dict[Hashable, Truth] = {}
        self._leaves: dict[AnyLeaf, Truth] = {}
        self._attributes: dict[str, Column] = {}
        self._measured: dict[Term | str, Measured] = {}
        self._buckets: dict[str, Integers] = {}
        self._cutoffs: dict[Ranking, Cutoff] = dict(prior.cutoffs)

    def root(self, key: Hashable) -> Truth:
        """The truth of a rule."""
        if key not in self._roots:
            self._roots[key] = self.branch(self._plan.roots[key])
        return self._roots[key]

    def branch(self, branch: Branch) -> Truth:
        """The truth of a group."""
        parts = [self.branch(part) if isinstance(part, Branch) else self.leaf(part) for part in branch.parts]
        truth = combine(branch.combinator, parts, branch.n)
        return ~truth if branch.negated else truth

    def leaf(self, leaf: AnyLeaf) -> Truth:
        """The truth of a leaf, its unknown taken as it says."""
        if leaf not in self._leaves:
            true, known = _LEAVES[type(leaf)](self, leaf)
            if not isinstance(leaf, RankLeaf):  # a visitor is in none, whether she was asked or not
                known = known & self.asked(leaf)
            self._leaves[leaf] = Truth.pack(true, known).assumed(leaf.if_unknown)
        return self._leaves[leaf]

    def asked(self, leaf: AnyLeaf) -> Mask:
        """Of whom a leaf is asked: of everyone, or of those who agreed to be profiled."""
        return self._columns.agreed if self._plan.needs_consent(leaf) else self._everyone()

    def attribute(self, name: str) -> Column:
        """A fact of each customer, worked out where it is none of the shop's."""
        if name not in self._attributes:
            computed = self._plan.computed.get(name)
            self._attributes[name] = self._computed(computed) if computed else self._columns.attribute(name)
        return self._attributes[name]

    def measured(self, asked: Term | str) -> Measured:
        """The number of each customer: a term's, or a fact's."""
        if asked not in self._measured:
            self._measured[asked] = self._fact(asked) if isinstance(asked, str) else self._term(asked)
        return self._measured[asked]

    def ranked(self, ranking: Ranking) -> Measured:
        """What people are ranked by."""
        return self.measured(ranking.asked).among(self._columns.counted, self.asked(RankLeaf(ranking)))

    def selected(self, selection: Selection) -> Selected:
        """The rows that match the filter and lie in the window."""
        return self._selector.selected(selection)

    def nth(self, leaf: NthLeaf) -> Integers:
        """The row that the leaf tests, MISSING where there is none."""
        return nth_rows(self._selector.dated(leaf.selection)[0], leaf.place)

    def cutoff(self, ranking: Ranking) -> Cutoff:
        """The cut-off of the day."""
        if ranking not in self._cutoffs:
            self._cutoffs = cutoffs(self._plan, self._columns, self._now) | self._cutoffs
        return self._cutoffs[ranking]

    def buckets(self, salt: str) -> Integers:
        """The bucket of each customer."""
        if salt not in self._buckets:
            self._buckets[salt] = buckets(salt, self._columns.keys)
        return self._buckets[salt]

    def limit(self, leaf: RankLeaf, customer: int) -> Limit | None:
        """The cut-off that a customer is held against; None where everybody of the base is in."""
        cutoff, standing = self.cutoff(leaf.ranking), self._prior.standings.get(leaf.owner or "")
        stays = leaf.ranking.leave_at is not None and standing is not None and bool(standing.member[customer])
        return cutoff.leave_at if stays else cutoff.limit

    def placed(self, leaf: RankLeaf) -> Mask:
        """Who has a place among the first."""
        cutoff = self.cutoff(leaf.ranking)
        return within(leaf.ranking, self.ranked(leaf.ranking), cutoff, cutoff.limit)

    def stays(self, leaf: RankLeaf) -> dict[str, Mask]:
        """What keeps members in who lose their place, and whom: those within the wider cut-off, and those who came lately."""
        standing = self._prior.standings.get(leaf.owner) if leaf.owner is not None else None
        found: dict[str, Mask] = {}
        if standing is not None and leaf.ranking.leave_at is not None:
            cutoff = self.cutoff(leaf.ranking)
            wider = within(leaf.ranking, self.ranked(leaf.ranking), cutoff, cutoff.leave_at)
            found["leave_at"] = standing.member & wider
        if standing is not None and leaf.min_stay is not None:
            members = standing.member & self._columns.counted & self.asked(leaf)
            found["min_stay"] = members & ~self._held(standing.since, members, leaf.min_stay)
        return found

    def standing(self, segment: str) -> Standing:
        """Who is in another segment, by its new answer if it is asked together with this one, else as it is stored."""
        stored = self._prior.standings.get(segment) or self._nobody()
        if segment not in self._plan.segments:
            return stored
        member = self.root(self._plan.segments[segment]).members()
        said = self._prior.overrides.get(segment)
        if said is not None:
            member = (member | said.included) & ~said.excluded
        present = seconds(self._now)
        since = np.where(member & ~stored.member, present, stored.since)
        return Standing(member, since, np.where(stored.member & ~member, present, stored.left))

    def _computed(self, fact: Computed) -> Column:
        inputs = {name: self._columns.attribute(name) for name in fact.inputs}
        return fact.function(inputs, self._now, self._calendar)

    def _nobody(self) -> Standing:
        never = np.full(self._columns.size, MISSING, np.int64)
        return Standing(np.zeros(self._columns.size, np.bool_), never, never)

    def _fact(self, name: str) -> Measured:
        column = self.attribute(name)
        if not isinstance(column, Numbers):
            raise TypeError(f"{name} is no number")
        return Measured(column.values, column.known, np.zeros(len(column.values), np.bool_))

    def _term(self, term: Term) -> Measured:
        selection = term.selection
        column = None if term.of is None else self._columns.rows(selection.relation).column(term.of)
        whole = Selection(selection.relation, None, selection.window)
        asked = Asked(self.selected(selection), lambda: self.selected(whole), column, lambda: self._days(selection))
        return MEASURE[term.measure](asked)

    def _days(self, selection: Selection) -> tuple[Selected, Integers]:
        dated, times = self._selector.dated(selection)
        return dated, self._calendar.local_days(times)

    def _everyone(self) -> Mask:
        return np.ones(self._columns.size, np.bool_)

    # One method a kind of leaf.

    def _asked(self, leaf: Leaf) -> Answer:
        if isinstance(leaf.asked, str):
            return check_column(leaf.check, self.attribute(leaf.asked), self._calendar, self._now)
        measured = self.measured(leaf.asked)
        match leaf.check:
            case IsSet(expected):
                return measured.known == expected, self._everyone()
            case InSpans(spans) if measured.divisors is not None:
                return measured.known & in_fraction_spans(spans, measured.values, measured.divisors), measured.known
            case InSpans(spans):
                return measured.known & in_integer_spans(spans, measured.values), measured.known
            case check:
                times = np.where(measured.known, measured.values, MISSING)
                return check_column(check, Numbers(times), self._calendar, self._now)

    def _nth(self, leaf: NthLeaf) -> Answer:
        rows = self.nth(leaf)
        true, false = self._selector.matching(leaf.selection.relation, leaf.test)
        exists = rows != MISSING
        answer = np.zeros((2, self._columns.size), np.bool_)
        answer[:, exists] = true[rows[exists]], (true | false)[rows[exists]]
        return answer[0], answer[1]

    def _rank(self, leaf: RankLeaf) -> Answer:
        measured = self.ranked(leaf.ranking)
        true = reduce(np.logical_or, self.stays(leaf).values(), self.placed(leaf))
        return true, measured.known | measured.lacking | true

    def _member(self, leaf: MemberLeaf) -> Answer:
        standing = self.standing(leaf.segment)
        true = standing.member if leaf.inside else ~standing.member
        if leaf.for_at_least is not None and leaf.inside:
            true = true & self._held(standing.since, true, leaf.for_at_least)
        elif leaf.for_at_least is not None:
            once = true & (standing.left != MISSING)
            true = true & (~once | self._held(standing.left, once, leaf.for_at_least))
        if leaf.entered is not None:
            true = true & self._lies_in(leaf.entered, standing.since)
        return true, self._everyone()

    def _bucket(self, leaf: BucketLeaf) -> Answer:
        drawn = self.buckets(leaf.salt)
        return (drawn >= leaf.first) & (drawn <= leaf.last), self._everyone()

    def _sequence(self, leaf: SequenceLeaf) -> Answer:
        then = None if leaf.then is None else self._steps(leaf.then)
        matched = sequence([self._steps(step) for step in leaf.steps], leaf.within, then, self._columns.size)
        return matched, self._everyone()

    def _pattern(self, leaf: PatternLeaf) -> Answer:
        dated, times = self._selector.dated(leaf.selection)
        spans = [Duration(leaf.period.n * k, leaf.period.unit) for k in range(1, leaf.periods + 2)]
        starts = [self._calendar.start_of_last(span, self._now) for span in spans]
        return PATTERN[leaf.pattern](filled_periods(dated, times, starts), leaf.periods), self._everyone()

    def _steps(self, selection: Selection) -> Steps:
        dated, times = self._selector.dated(selection)
        return Steps(selection.relation, dated.rows, dated.customers.astype(np.int64), times)

    def _lies_in(self, window: Window, moments: NDArray[np.int64]) -> Mask:
        low, high = self._calendar.window(window, self._now) or (FIRST, END)
        return (moments >= low) & (moments < high)

    def _held(self, since: NDArray[np.int64], whom: Mask, duration: Duration) -> Mask:
        """For whom of these so long has passed."""
        held = np.zeros(len(since), np.bool_)
        held[whom] = self._calendar.held(since[whom], duration, self._now)
        return held


_LEAVES: dict[type, Callable[[Pass, Any], Answer]] = {
    Leaf: Pass._asked,
    NthLeaf: Pass._nth,
    RankLeaf: Pass._rank,
    MemberLeaf: Pass._member,
    BucketLeaf: Pass._bucket,
    SequenceLeaf: Pass._sequence,
    PatternLeaf: Pass._pattern,
}
"""Kind of leaf -> its truth; what is true is known."""
