"""From trees and a catalogue to one shared plan. Whatever a rule gets wrong is found, with its place."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from segmentation.errors import Problem, RuleError
from segmentation.facts.catalogue import Catalogue, Fact, RelationFacts
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import (
    Branch,
    Check,
    InSpans,
    IsSet,
    Leaf,
    Moments,
    Plan,
    RowFilter,
    RowGroup,
    RowTest,
    Selection,
    Span,
    Term,
    Words,
)
from segmentation.rules.tree import Attribute, Behaviour, Between, Group, Last, Node, Rule, Since, Test, Value, Window
from segmentation.rules.values import OPERATORS, Kind, fold, operators_of, read_moment, read_number

COUNTED = Fact("count", Kind.NUMBER)
"""What a count measures."""

CLOSE = 0.75
"""How alike two names must be (difflib's ratio) for one to be taken as a slip of the other."""

_MEASURED_KINDS: dict[str, frozenset[Kind]] = {
    "sum": frozenset({Kind.NUMBER, Kind.MONEY}),
    "avg": frozenset({Kind.NUMBER, Kind.MONEY}),
    "min": frozenset({Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.TIME}),
    "max": frozenset({Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.TIME}),
}


def bind(rules: Mapping[Hashable, Rule], catalogue: Catalogue, calendar: Calendar) -> Plan:
    """One plan for all rules. Raises RuleError with the problems of all of them."""
    plan, refused = bind_each(rules, catalogue, calendar)
    if refused:
        raise RuleError([problem for error in refused.values() for problem in error.problems])
    return plan


def bind_each(rules: Mapping[Hashable, Rule], catalogue: Catalogue, calendar: Calendar) -> tuple[Plan, dict[Hashable, RuleError]]:
    """One plan for the rules that can be asked, and what is wrong with each of the others."""
    roots: dict[Hashable, Branch] = {}
    refused: dict[Hashable, RuleError] = {}
    for key, rule in rules.items():
        binder = _Binder(catalogue, calendar)
        root = binder.rule(rule)
        if binder.problems or root is None:
            refused[key] = RuleError(binder.problems)
        else:
            roots[key] = root
    return Plan(roots, calendar), refused


def measured_fact(leaf: Behaviour, catalogue: Catalogue) -> Fact:
    """What a behaviour leaf compares: the measured column's fact, or a plain number for a count."""
    return COUNTED if leaf.of is None else catalogue.relations[leaf.field].columns[leaf.of]


class _Binder:
    """Binds one rule; what is wrong is noted in `problems` and bound as None."""

    def __init__(self, catalogue: Catalogue, calendar: Calendar) -> None:
        self.problems: list[Problem] = []
        self._catalogue = catalogue
        self._calendar = calendar

    def wrong(self, path: str, template: str, **params: object) -> None:
        self.problems.append(Problem(path, template, params))

    def rule(self, rule: Rule) -> Branch | None:
        base = self._catalogue.base_currency
        if rule.base_currency not in (None, base):
            self.wrong(
                "/base_currency", "the rule counts in %(theirs)s, the shop in %(ours)s", theirs=rule.base_currency, ours=base
            )
        return self.branch(rule.root, "")

    def branch(self, group: Group, path: str) -> Branch | None:
        if not group.rules:
            return self.wrong(path, "the group is empty: say whom it should take in")
        parts = [self.part(node, f"{path}/rules/{index}") for index, node in enumerate(group.rules)]
        found = tuple(part for part in parts if part is not None)
        return Branch(group.combinator, found, group.negated) if len(found) == len(parts) else None

    def part(self, node: Node, path: str) -> Branch | Leaf | None:
        match node:
            case Group():
                return self.branch(node, path)
            case Attribute():
                return self.attribute(node, path)
            case Behaviour():
                return self.behaviour(node, path)
        return self.wrong(path, "the condition has no kind")

    def attribute(self, leaf: Attribute, path: str) -> Leaf | None:
        fact = self._catalogue.attributes.get(leaf.field)
        if fact is None:
            relation, _, _ = leaf.field.partition(".")
            if relation in self._catalogue.relations:
                template = "%(name)s: what customers did is asked through a measure, such as %(relation)s.count()"
                return self.wrong(f"{path}/field", template, name=leaf.field, relation=relation)
            return self.unknown(f"{path}/field", "unknown fact %(name)s", leaf.field, leaf.field, self._catalogue.attributes)
        check = self.check(fact, leaf.operator, leaf.value, path)
        return Leaf(fact.name, check, leaf.if_unknown) if check else None

    def behaviour(self, leaf: Behaviour, path: str) -> Leaf | None:
        relation = self._catalogue.relations.get(leaf.field)
        if relation is None:
            return self.unknown(f"{path}/field", "unknown relation %(name)s", leaf.field, "", self._catalogue.relations)
        fact = self.measured(leaf, relation, path)
        row_filter = self.row_group(leaf.where, relation, f"{path}/where") if leaf.where else None
        self.window(leaf.window, relation, f"{path}/window")
        check = self.check(fact, leaf.operator, leaf.value, path) if fact else None
        if check is None:
            return None
        return Leaf(Term(Selection(leaf.field, row_filter, leaf.window), leaf.measure, leaf.of), check, leaf.if_unknown)

    def measured(self, leaf: Behaviour, relation: RelationFacts, path: str) -> Fact | None:
        if leaf.of is None:
            return COUNTED
        fact = relation.columns.get(leaf.of)
        if fact is None:
            return self.no_column(f"{path}/of", relation, leaf.of)
        if fact.kind not in _MEASURED_KINDS[leaf.measure]:
            return self.wrong(f"{path}/of", "there is no %(measure)s of a %(kind)s", measure=leaf.measure, kind=fact.kind)
        return fact

    def no_column(self, path: str, relation: RelationFacts, name: str) -> None:
        template = f"{relation.name} has no column %(name)s"
        return self.unknown(path, template, name, f"{relation.name}.{name}", relation.columns)

    def unknown(self, path: str, template: str, name: str, full_name: str, known: Iterable[str]) -> None:
        """Say why a name cannot be asked, or which one may be meant."""
        if reason := self._catalogue.unasked.get(full_name):
            return self.wrong(path, _UNASKED[reason], name=full_name)
        # Only the last words are compared: all facts of a person begin alike.
        last_words = {one.rpartition(".")[2]: one for one in known}
        close = get_close_matches(name.rpartition(".")[2], last_words, n=1, cutoff=CLOSE)
        if not close:
            return self.wrong(path, template, name=name)
        return self.wrong(path, f"{template}; did you mean %(meant)s?", name=name, meant=last_words[close[0]])

    def row_filter(self, node: Node, relation: RelationFacts, path: str) -> RowFilter | None:
        if isinstance(node, Group):
            return self.row_group(node, relation, path)
        if not isinstance(node, Test):
            return self.wrong(path, "inside where, only columns of the row can be asked")
        fact = relation.columns.get(node.field)
        if fact is None:
            return self.no_column(f"{path}/field", relation, node.field)
        check = self.check(fact, node.operator, node.value, path)
        return RowTest(node.field, check) if check else None

    def row_group(self, group: Group, relation: RelationFacts, path: str) -> RowGroup | None:
        if not group.rules:
            return self.wrong(path, "the group is empty: say whom it should take in")
        parts = [self.row_filter(node, relation, f"{path}/rules/{index}") for index, node in enumerate(group.rules)]
        found = tuple(part for part in parts if part is not None)
        return RowGroup(group.combinator, found, group.negated) if len(found) == len(parts) else None

    def window(self, window: Window | None, relation: RelationFacts, path: str) -> None:
        match window:
            case Last() | Between() | Since() if not relation.has_time:
                self.wrong(path, "%(relation)s has no time, so it takes no window", relation=relation.name)
            case Between(start, end):
                self.moments((start, end), f"{path}/between")
            case Since(start):
                self.moment(start, f"{path}/since")

    def check(self, fact: Fact, operator: str, value: Value, path: str) -> Check | None:
        if fact.kind not in OPERATORS[operator].kinds:
            known = ", ".join(OPERATORS[known].text for known in operators_of(fact.kind))
            template = "%(name)s is a %(kind)s, which has no operator %(operator)s; it has %(known)s"
            return self.wrong(
                f"{path}/operator", template, name=fact.name, kind=fact.kind, operator=OPERATORS[operator].text, known=known
            )
        if operator in ("is_set", "is_not_set"):
            return IsSet(operator == "is_set")
        return _CHECKS[fact.kind](self, fact, operator, value, f"{path}/value")

    def words(self, fact: Fact, operator: str, value: Value, path: str) -> Check:
        return Words(operator, tuple(map(fold, _listed(value))))

    def yes_no(self, fact: Fact, operator: str, value: Value, path: str) -> Check:
        return InSpans((_point(Fraction(int(value is True))),))

    def numbers(self, fact: Fact, operator: str, value: Value, path: str) -> Check | None:
        is_list = isinstance(value, tuple)
        limits = [self.number(one, f"{path}/{index}" if is_list else path) for index, one in enumerate(_listed(value))]
        scaled = [Fraction(limit) * 10**fact.scale for limit in limits if limit is not None]
        if len(scaled) < len(limits):
            return None
        if operator == "between" and scaled[0] > scaled[1]:
            return self.wrong(path, "between has its ends the wrong way round")
        return InSpans(_SPANS[operator](scaled))

    def number(self, text: str, path: str) -> Decimal | None:
        number = read_number(text)
        return number if number is not None else self.wrong(path, "%(text)r is not a number", text=text)

    def calendar(self, fact: Fact, operator: str, value: Value, path: str) -> Check | None:
        sound: object = True
        match operator, value:
            case "between", tuple():
                sound = self.moments(value, path)
            case (("on" | "before" | "after"), str()):
                sound = self.moment(value, path)
            case (("month_is" | "weekday_is"), _):
                sound = self.counted(operator, value, path)
        if sound is None:
            return None
        return Moments(operator, self.days(value), days=True) if fact.kind is Kind.DATE else Moments(operator, value)

    def days(self, value: Value) -> Value:
        """A pure date is compared as a day of the shop, so a time that it is compared with stands for its day."""
        if isinstance(value, tuple):
            return tuple(self.day(text) for text in value)
        return self.day(value) if isinstance(value, str) else value

    def day(self, text: str) -> str:
        moment = read_moment(text, self._calendar.zone)
        return self._calendar.today(moment).isoformat() if isinstance(moment, datetime) else text

    def moment(self, text: str, path: str) -> object:
        moment = read_moment(text, self._calendar.zone)
        return moment if moment is not None else self.wrong(path, "%(text)r is not a date or time", text=text)

    def moments(self, pair: tuple[str, ...], path: str) -> object:
        ends = [self.moment(text, f"{path}/{index}") for index, text in enumerate(pair)]
        if None in ends:
            return None
        start, end = ends
        if isinstance(start, datetime) is not isinstance(end, datetime):
            return self.wrong(path, "between needs two dates or two times, not one of each")
        if start > end:  # type: ignore[operator]  # both are dates or both are times
            return self.wrong(path, "between has its ends the wrong way round")
        return ends

    def counted(self, operator: str, value: Value, path: str) -> object:
        most = 12 if operator == "month_is" else 7
        before = len(self.problems)
        for index, text in enumerate(_listed(value)):
            if not (len(text) < 3 and text.isascii() and text.isdigit() and 1 <= int(text) <= most):
                here = f"{path}/{index}" if isinstance(value, tuple) else path
                self.wrong(here, "%(text)r is not a number from 1 to %(most)d", text=text, most=most)
        return value if len(self.problems) == before else None


_UNASKED = {
    "personal": "%(name)s is personal: it is never kept, and so never asked",
    "key": "%(name)s is a key: it names rows and cannot be asked",
}


def _listed(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _point(limit: Fraction) -> Span:
    return Span(limit, limit)


_SPANS: dict[str, Callable[[list[Fraction]], tuple[Span, ...]]] = {
    "=": lambda limits: (_point(limits[0]),),
    "!=": lambda limits: (Span(high=limits[0], high_open=True), Span(low=limits[0], low_open=True)),
    "in": lambda limits: tuple(map(_point, limits)),
    "<": lambda limits: (Span(high=limits[0], high_open=True),),
    "<=": lambda limits: (Span(high=limits[0]),),
    ">": lambda limits: (Span(low=limits[0], low_open=True),),
    ">=": lambda limits: (Span(low=limits[0]),),
    "between": lambda limits: (Span(limits[0], limits[1]),),
}

_CHECKS: dict[Kind, Callable[[_Binder, Fact, str, Value, str], Check | None]] = {
    Kind.TEXT: _Binder.words,
    Kind.NUMBER: _Binder.numbers,
    Kind.MONEY: _Binder.numbers,
    Kind.BOOLEAN: _Binder.yes_no,
    Kind.DATE: _Binder.calendar,
    Kind.TIME: _Binder.calendar,
}
