"""Whole rules: their groups, their leaves, and the other segments that they refer to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from segmentation.engine.bind.checks import Checks
from segmentation.engine.bind.circles import circles
from segmentation.engine.bind.measured import COUNTED
from segmentation.engine.bind.notes import Notes
from segmentation.engine.bind.rows import UNASKED, Rows
from segmentation.errors import Problem, RuleError
from segmentation.facts.catalogue import Catalogue
from segmentation.facts.fact import Fact
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import (
    AnyLeaf,
    Branch,
    BucketLeaf,
    Leaf,
    MemberLeaf,
    NthLeaf,
    PatternLeaf,
    Plan,
    Ranking,
    RankLeaf,
    SequenceLeaf,
    Term,
)
from segmentation.rules.tree import (
    Attribute,
    Behaviour,
    Bucket,
    Duration,
    Group,
    Member,
    Node,
    Nth,
    Pattern,
    Rank,
    Rule,
    Sequence,
    segments_in,
)
from segmentation.rules.values import MEASURES, PATTERNS, RANKS, Kind

_SEQUENCE_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
"""In sequences a day is 24 hours."""

_RANKED = frozenset({Kind.NUMBER, Kind.MONEY})

REFERABLE = ("live", "broken")
"""States of segments that others may refer to; a broken one answers with the members it had."""


@dataclass(frozen=True)
class Others:
    """The segments that rules may refer to: the state of each, by slug, and the keys of those that are bound here together.

    `references` has what stored segments refer to, where circles through them are to be found.
    """

    states: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, Hashable] = field(default_factory=dict)
    references: Mapping[str, Iterable[str]] = field(default_factory=dict)


ALONE = Others()
"""A shop without other segments."""


def bind(rules: Mapping[Hashable, Rule], catalogue: Catalogue, calendar: Calendar, others: Others = ALONE) -> Plan:
    """One plan for all rules. Raises RuleError with the problems of all of them."""
    plan, refused = bind_each(rules, catalogue, calendar, others)
    if refused:
        raise RuleError([problem for error in refused.values() for problem in error.problems])
    return plan


def bind_each(
    rules: Mapping[Hashable, Rule], catalogue: Catalogue, calendar: Calendar, others: Others = ALONE
) -> tuple[Plan, dict[Hashable, RuleError]]:
    """One plan for the rules that can be asked, and what is wrong with each of the others.

    Rules that refer to each other in a circle are refused; those that refer to a refused one are not.
    """
    roots: dict[Hashable, Branch] = {}
    refused: dict[Hashable, RuleError] = {}
    slugs = {key: slug for slug, key in others.keys.items()}
    asked = {slugs[key]: segments_in(rule) for key, rule in rules.items() if key in slugs}
    turning = circles({**others.references, **asked})
    for key, rule in rules.items():
        binder = _Binder(catalogue, calendar, others, slugs.get(key))
        root = binder.rule(rule)
        problems = [*binder.notes.problems, *_circle(rule, turning.get(slugs.get(key, ""), ()))]
        if problems or root is None:
            refused[key] = RuleError(problems)
        else:
            roots[key] = root
    bound = {slug: key for slug, key in others.keys.items() if key in roots}
    return Plan(roots, calendar, bound, catalogue.computed, catalogue.by_consent), refused


def _circle(rule: Rule, way: tuple[str, ...]) -> list[Problem]:
    """The way from a segment back to itself, as a problem of the leaf where it begins."""
    if not way:
        return []
    template = "the segments refer to each other in a circle: %(way)s"
    return [Problem(f"{segments_in(rule)[way[1]]}/segment", template, {"way": " → ".join(way)})]


class _Binder:
    """Binds one rule, perhaps that of a segment."""

    def __init__(self, catalogue: Catalogue, calendar: Calendar, others: Others, slug: str | None) -> None:
        self.notes = Notes()
        self._catalogue = catalogue
        self._others = others
        self._slug = slug
        self._checks = Checks(self.notes, calendar)
        self._rows = Rows(self.notes, catalogue, self._checks)

    def rule(self, rule: Rule) -> Branch | None:
        base = self._catalogue.base_currency
        if rule.base_currency not in (None, base):
            template = "the rule counts in %(theirs)s, the shop in %(ours)s"
            self.notes.wrong("/base_currency", template, theirs=rule.base_currency, ours=base)
        return self.branch(rule.root, "")

    def branch(self, group: Group, path: str) -> Branch | None:
        if not group.rules:
            return self.notes.wrong(path, "the group is empty: say whom it should take in")
        parts = [self.part(node, f"{path}/rules/{index}") for index, node in enumerate(group.rules)]
        found = tuple(part for part in parts if part is not None)
        return Branch(group.combinator, found, group.negated, group.n) if len(found) == len(parts) else None

    def part(self, node: Node, path: str) -> Branch | AnyLeaf | None:
        if isinstance(node, Group):
            return self.branch(node, path)
        bind_leaf = _LEAVES.get(type(node))
        return bind_leaf(self, node, path) if bind_leaf else self.notes.wrong(path, "the condition has no kind")

    # One method a kind of leaf.

    def attribute(self, leaf: Attribute, path: str) -> Leaf | None:
        fact = self._fact(leaf.field, f"{path}/field")
        check = self._checks.check(fact, leaf.operator, leaf.value, path) if fact else None
        return Leaf(leaf.field, check, leaf.if_unknown) if check else None

    def behaviour(self, leaf: Behaviour, path: str) -> Leaf | None:
        term = self._term(leaf, path)
        fact = self._measured(leaf, path) if term else None
        check = self._checks.check(fact, leaf.operator, leaf.value, path) if fact else None
        return Leaf(term, check, leaf.if_unknown) if term and check else None

    def nth(self, leaf: Nth, path: str) -> NthLeaf | None:
        called = f".{leaf.which if isinstance(leaf.which, str) else 'nth'}()"
        selection = self._rows.selection(leaf.field, leaf.where, leaf.window, path, called=called, timed=True)
        if selection is None:
            return None
        test = self._rows.group(leaf.test, self._catalogue.relations[leaf.field], f"{path}/test")
        place = {"first": 0, "last": -1}.get(str(leaf.which))
        return NthLeaf(selection, int(leaf.which) - 1 if place is None else place, test, leaf.if_unknown) if test else None

    def rank(self, leaf: Rank, path: str) -> RankLeaf | None:
        asked = self._ranked_fact(leaf.field, f"{path}/field") if leaf.measure is None else self._ranked_term(leaf, path)
        if asked is None:
            return None
        greatest, percent = RANKS[leaf.operator]
        leave_at = None if leaf.leave_at is None else Fraction(leaf.leave_at)
        ranking = Ranking(asked, greatest, percent, Fraction(leaf.value), leave_at)
        keeps = leave_at is not None or leaf.min_stay is not None
        return RankLeaf(ranking, self._slug if keeps else None, leaf.min_stay, leaf.if_unknown)

    def _ranked_fact(self, name: str, path: str) -> str | None:
        fact = self._fact(name, path)
        if fact is None or fact.kind in _RANKED:
            return None if fact is None else name
        return self.notes.wrong(path, "%(name)s is a %(kind)s, which nobody is ranked by", name=name, kind=fact.kind)

    def _ranked_term(self, leaf: Rank, path: str) -> Term | None:
        term = self._term(leaf, path)
        return term if term and self._measured(leaf, path) else None

    def member(self, leaf: Member, path: str) -> MemberLeaf | None:
        # Of a segment that refers to itself the circle is told, whether it is stored yet or not.
        state = "live" if leaf.segment == self._slug else self._others.states.get(leaf.segment)
        if state is None:
            known = [slug for slug, state in self._others.states.items() if state in REFERABLE]
            return self.notes.unknown(f"{path}/segment", "there is no segment called %(name)s", leaf.segment, known)
        if state not in REFERABLE:
            template = "the segment %(name)s is not live, so nobody is in it"
            return self.notes.wrong(f"{path}/segment", template, name=leaf.segment)
        self._rows.moments(leaf.entered, f"{path}/entered")
        return MemberLeaf(leaf.segment, leaf.operator == "in", leaf.for_at_least, leaf.entered, leaf.if_unknown)

    def bucket(self, leaf: Bucket, path: str) -> BucketLeaf:
        return BucketLeaf(leaf.salt, leaf.first, leaf.last, leaf.if_unknown)

    def sequence(self, leaf: Sequence, path: str) -> SequenceLeaf | None:
        steps = [
            self._rows.selection(step.field, step.where, None, f"{path}/steps/{index}", timed=True)
            for index, step in enumerate(leaf.steps)
        ]
        window = self._rows.bounded(leaf.window, f"{path}/window")  # of all steps: what is wrong with it is told once
        then = None
        if leaf.not_then is not None:
            then = self._rows.selection(leaf.not_then.field, leaf.not_then.where, None, f"{path}/not_then", timed=True)
        found = tuple(replace(step, window=window) for step in steps if step is not None)
        return SequenceLeaf(found, _seconds(leaf.within), then, leaf.if_unknown) if len(found) == len(steps) else None

    def pattern(self, leaf: Pattern, path: str) -> PatternLeaf | None:
        selection = self._rows.selection(leaf.field, leaf.where, None, path, timed=True)
        periods = (leaf.periods or 1) if PATTERNS[leaf.pattern] else 1
        return PatternLeaf(selection, leaf.pattern, leaf.period, periods, leaf.if_unknown) if selection else None

    # What they share.

    def _fact(self, name: str, path: str) -> Fact | None:
        """A fact of the customer."""
        fact = self._catalogue.attributes.get(name)
        if fact is not None:
            return fact
        relation, _, _ = name.partition(".")
        if relation in self._catalogue.relations:
            template = "%(name)s: what customers did is asked through a measure, such as %(relation)s.count()"
            return self.notes.wrong(path, template, name=name, relation=relation)
        if reason := self._catalogue.unasked.get(name):
            return self.notes.wrong(path, UNASKED[reason], name=name)
        return self.notes.unknown(path, "unknown fact %(name)s", name, self._catalogue.meant(name))

    def _term(self, leaf: Behaviour | Rank, path: str) -> Term | None:
        measure = str(leaf.measure)
        timed = MEASURES[measure].needs_time
        selection = self._rows.selection(leaf.field, leaf.where, leaf.window, path, called=f".{measure}()", timed=timed)
        return None if selection is None else Term(selection, measure, leaf.of)

    def _measured(self, leaf: Behaviour | Rank, path: str) -> Fact | None:
        """What the measure gives, or what it cannot be taken of."""
        if leaf.of is None:
            return COUNTED
        measure = MEASURES[str(leaf.measure)]
        fact = self._rows.column(leaf.of, self._catalogue.relations[leaf.field], f"{path}/of")
        if fact is None:
            return None
        if fact.kind not in measure.kinds:
            return self.notes.wrong(f"{path}/of", "there is no %(measure)s of a %(kind)s", measure=measure.name, kind=fact.kind)
        return COUNTED if measure.is_number else fact


def _seconds(duration: Duration | None) -> int | None:
    return None if duration is None else duration.n * _SEQUENCE_SECONDS[duration.unit]


_LEAVES: dict[type, Callable[[_Binder, Any, str], AnyLeaf | None]] = {
    Attribute: _Binder.attribute,
    Behaviour: _Binder.behaviour,
    Nth: _Binder.nth,
    Rank: _Binder.rank,
    Member: _Binder.member,
    Bucket: _Binder.bucket,
    Sequence: _Binder.sequence,
    Pattern: _Binder.pattern,
}
"""Kind of leaf in the tree -> the leaf of the plan."""
