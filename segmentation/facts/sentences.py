"""From a rule to a sentence that an owner can check, in the active language.

The sentence says what happens to those of whom the answer is not known, wherever that may surprise. Every clause is one
message with its subject in it, so that a language may put its words in another order.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from segmentation.facts.catalogue import Catalogue, Fact
from segmentation.rules.tree import (
    Attribute,
    Behaviour,
    Between,
    Duration,
    Group,
    Last,
    Leaf,
    Node,
    Rule,
    Since,
    Test,
    Value,
    Window,
)
from segmentation.rules.values import Kind

NEGATIVE = ("!=", "not_in", "not_contains")
"""Operators under which those without a value are easily forgotten."""

_NEVER_UNKNOWN = ("is_set", "is_not_set")

_RELATIONS: dict[str, Promise] = {
    "orders": gettext_lazy("orders"),
    "order_lines": gettext_lazy("order lines"),
    "refunds": gettext_lazy("refunds"),
    "spend": gettext_lazy("orders less refunds"),
}

_COLUMNS: dict[str, Promise] = {
    "birth_date": gettext_lazy("birth date"),
    "gender": gettext_lazy("gender"),
    "country": gettext_lazy("country"),
    "region": gettext_lazy("region"),
    "city": gettext_lazy("city"),
    "language": gettext_lazy("language"),
    "joined_at": gettext_lazy("joining date"),
    "accepts_email": gettext_lazy("consent to e-mail"),
    "placed_at": gettext_lazy("order date"),
    "at": gettext_lazy("date"),
    "total": gettext_lazy("total"),
    "net_total": gettext_lazy("net total"),
    "discount": gettext_lazy("discount"),
    "refunded": gettext_lazy("refunded amount"),
    "amount": gettext_lazy("amount"),
    "currency": gettext_lazy("currency"),
    "coupon_code": gettext_lazy("coupon code"),
    "status": gettext_lazy("status"),
    "channel": gettext_lazy("channel"),
    "device": gettext_lazy("device"),
    "quantity": gettext_lazy("quantity"),
    "line_total": gettext_lazy("line total"),
}
"""What the canonical columns are called; a shop's own are called by their label or their name."""

_MEASURES: dict[str, Promise] = {
    "count": gettext_lazy("the number of %(rows)s"),
    "sum": gettext_lazy("the sum of %(of)s over %(rows)s"),
    "avg": gettext_lazy("the average %(of)s of %(rows)s"),
    "min": gettext_lazy("the lowest %(of)s of %(rows)s"),
    "max": gettext_lazy("the highest %(of)s of %(rows)s"),
}

_MOMENT_MEASURES: dict[str, Promise] = {
    "min": gettext_lazy("the earliest %(of)s of %(rows)s"),
    "max": gettext_lazy("the latest %(of)s of %(rows)s"),
}

_COMPARISONS: dict[str, Promise] = {
    "=": gettext_lazy("%(subject)s is %(value)s"),
    "!=": gettext_lazy("%(subject)s is not %(value)s"),
    "in": gettext_lazy("%(subject)s is one of %(value)s"),
    "not_in": gettext_lazy("%(subject)s is none of %(value)s"),
    "contains": gettext_lazy("%(subject)s contains %(value)s"),
    "not_contains": gettext_lazy("%(subject)s does not contain %(value)s"),
    "starts_with": gettext_lazy("%(subject)s starts with %(value)s"),
    "ends_with": gettext_lazy("%(subject)s ends with %(value)s"),
    "<": gettext_lazy("%(subject)s is less than %(value)s"),
    "<=": gettext_lazy("%(subject)s is at most %(value)s"),
    ">": gettext_lazy("%(subject)s is more than %(value)s"),
    ">=": gettext_lazy("%(subject)s is at least %(value)s"),
    "between": gettext_lazy("%(subject)s is from %(low)s to %(high)s"),
    "is": gettext_lazy("%(subject)s is %(value)s"),
    "on": gettext_lazy("%(subject)s is %(value)s"),
    "before": gettext_lazy("%(subject)s is before %(value)s"),
    "after": gettext_lazy("%(subject)s is after %(value)s"),
    "last": gettext_lazy("%(subject)s lies in the last %(value)s"),
    "not_last": gettext_lazy("%(subject)s is longer ago than %(value)s"),
    "next": gettext_lazy("%(subject)s lies in the next %(value)s"),
    "anniversary_next": gettext_lazy("%(subject)s has its anniversary in the next %(value)s"),
    "month_is": gettext_lazy("%(subject)s falls in %(value)s"),
    "weekday_is": gettext_lazy("%(subject)s falls on a %(value)s"),
    "is_set": gettext_lazy("%(subject)s is known"),
    "is_not_set": gettext_lazy("%(subject)s is not known"),
}

_PERIODS: dict[str, dict[str, Promise]] = {
    "this": {
        "day": gettext_lazy("%(subject)s is today"),
        "week": gettext_lazy("%(subject)s lies in this week"),
        "month": gettext_lazy("%(subject)s lies in this month"),
        "quarter": gettext_lazy("%(subject)s lies in this quarter"),
        "year": gettext_lazy("%(subject)s lies in this year"),
    },
    "previous": {
        "day": gettext_lazy("%(subject)s is yesterday"),
        "week": gettext_lazy("%(subject)s lies in the previous week"),
        "month": gettext_lazy("%(subject)s lies in the previous month"),
        "quarter": gettext_lazy("%(subject)s lies in the previous quarter"),
        "year": gettext_lazy("%(subject)s lies in the previous year"),
    },
}

_CALENDAR: dict[str, dict[str, Promise | str]] = {
    "month_is": {str(number): name for number, name in MONTHS.items()},
    "weekday_is": {str(number + 1): name for number, name in WEEKDAYS.items()},
}

_FATES: dict[str, Promise | str] = {
    "": "%(clause)s",
    "in": gettext_lazy("%(clause)s (customers without a known %(fact)s are taken in)"),
    "out": gettext_lazy("%(clause)s (customers without a known %(fact)s are left out)"),
}

_MEASURED_FATES: dict[str, Promise | str] = {
    "": "%(clause)s",
    "in": gettext_lazy("%(clause)s (customers for whom this is not known are taken in)"),
    "out": gettext_lazy("%(clause)s (customers for whom this is not known are left out)"),
}

_JOINED: dict[str, Promise] = {"and": gettext_lazy("%(left)s and %(right)s"), "or": gettext_lazy("%(left)s or %(right)s")}


def sentence(rule: Rule, catalogue: Catalogue) -> str:
    """The whole rule as one sentence; facts that the catalogue does not know are called by their names."""
    return _("Customers for whom %(condition)s.") % {"condition": _CustomerSpeaker(catalogue).whole(rule.root)}


def leaf_sentence(leaf: Leaf, catalogue: Catalogue) -> str:
    """One condition as a clause, without a full stop."""
    return _CustomerSpeaker(catalogue).leaf(leaf, negated=False)


class _Speaker:
    """Says nodes. `negated` tells whether an odd number of `not` stands above a node."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def whole(self, group: Group, *, negated: bool = False) -> str:
        """A group without parentheses around it, unless it is negated."""
        if group.negated:
            return _("it is not true that (%(condition)s)") % {"condition": self._joined(group, not negated)}
        return self._joined(group, negated)

    def leaf(self, node: Node, *, negated: bool) -> str:
        """A condition as a clause."""
        raise NotImplementedError

    def clause(self, subject: str, fact: Fact | None, operator: str, value: Value) -> str:
        """A subject under an operator."""
        if operator in _PERIODS:
            return str(_PERIODS[operator][str(value)]) % {"subject": subject}
        values = {"subject": subject, "value": self._value(fact, operator, value)}
        if operator == "between" and isinstance(value, tuple):
            values |= {"low": self._value(fact, operator, value[0]), "high": self._value(fact, operator, value[1])}
        return str(_COMPARISONS[operator]) % values

    def _joined(self, group: Group, negated: bool) -> str:
        said = [self._part(node, negated) for node in group.rules]
        return reduce(lambda left, right: _JOINED[group.combinator] % {"left": left, "right": right}, said)

    def _part(self, node: Node, negated: bool) -> str:
        if not isinstance(node, Group):
            return self.leaf(node, negated=negated)
        said = self.whole(node, negated=negated)
        return said if node.negated or len(node.rules) == 1 else f"({said})"

    def _value(self, fact: Fact | None, operator: str, value: Value) -> str:
        match value:
            case Duration():
                return _duration(value)
            case bool():
                return _("yes") if value else _("no")
            case tuple() if operator in _CALENDAR:
                return get_text_list([self._value(fact, operator, one) for one in value], _("or"))
            case tuple():
                return ", ".join(self._value(fact, operator, one) for one in value)
            case str() if operator in _CALENDAR:
                return str(_CALENDAR[operator].get(value, value))
            case str() if fact and fact.kind is Kind.MONEY:
                return f"{value} {self._catalogue.base_currency}"
            case str() if fact and fact.kind is Kind.TEXT:
                return _("“%(text)s”") % {"text": value}
        return str(value or "")


class _CustomerSpeaker(_Speaker):
    """Says conditions on customers."""

    def leaf(self, node: Node, *, negated: bool) -> str:
        """A fact of the customer, or a measure of her rows."""
        if isinstance(node, Attribute):
            fact = self._catalogue.attributes.get(node.field)
            name = _name(fact, node.field)
            clause = self.clause(name, fact, node.operator, node.value)
            return _FATES[_fate(node, negated)] % {"clause": clause, "fact": name}
        if isinstance(node, Behaviour):
            return _MEASURED_FATES[_fate(node, negated)] % {"clause": self._measured(node)}
        raise TypeError(f"{node} is no condition on customers")

    def _measured(self, leaf: Behaviour) -> str:
        relation = self._catalogue.relations.get(leaf.field)
        columns = relation.columns if relation else {}
        fact = columns.get(leaf.of or "")
        rows = _windowed(str(_RELATIONS.get(leaf.field, _spaced(leaf.field))), leaf.window)
        if leaf.where:
            condition = _RowSpeaker(self._catalogue, columns).whole(leaf.where)
            if len(leaf.where.rules) > 1 and not leaf.where.negated:
                condition = f"({condition})"
            rows = _("%(rows)s where %(condition)s") % {"rows": rows, "condition": condition}
        measures = _MOMENT_MEASURES if fact and fact.kind in (Kind.DATE, Kind.TIME) else _MEASURES
        subject = measures[leaf.measure] % {"rows": rows, "of": _name(fact, leaf.of or "")}
        return self.clause(subject, fact, leaf.operator, leaf.value)


class _RowSpeaker(_Speaker):
    """Says conditions on rows with these columns."""

    def __init__(self, catalogue: Catalogue, columns: Mapping[str, Fact]) -> None:
        super().__init__(catalogue)
        self._columns = columns

    def leaf(self, node: Node, *, negated: bool) -> str:
        """A column of the row."""
        if not isinstance(node, Test):
            raise TypeError(f"{node} is no condition on rows")
        fact = self._columns.get(node.field)
        name = _name(fact, node.field)
        clause = self.clause(name, fact, node.operator, node.value)
        if (node.operator in NEGATIVE) is negated or node.operator in _NEVER_UNKNOWN:
            return clause
        return _("%(clause)s (those without a known %(fact)s are not counted)") % {"clause": clause, "fact": name}


def _fate(leaf: Leaf, negated: bool) -> str:
    """What becomes of those for whom a condition is unknown: "in", "out", or "" where it does not surprise.

    What an unknown is taken for is settled before a negation turns it round.
    """
    if leaf.operator in _NEVER_UNKNOWN or (isinstance(leaf, Behaviour) and leaf.measure == "count"):
        return ""
    if leaf.if_unknown == "unknown":
        return "out" if (leaf.operator in NEGATIVE) is not negated else ""
    return "in" if (leaf.if_unknown == "yes") is not negated else "out"


def _name(fact: Fact | None, field: str) -> str:
    """The owner's word for a fact: its label, what everybody calls it, or its name without its relation."""
    if fact and fact.label:
        return str(fact.label)
    own = field.removeprefix("customer.")
    return str(_COLUMNS.get(own, _spaced(own)))


def _spaced(name: str) -> str:
    return name.replace("_", " ").replace(".", " ")


def _windowed(rows: str, window: Window | None) -> str:
    match window:
        case Last(duration):
            return _("%(rows)s in the last %(duration)s") % {"rows": rows, "duration": _duration(duration)}
        case Between(start, end):
            return _("%(rows)s from %(start)s to %(end)s") % {"rows": rows, "start": start, "end": end}
        case Since(start):
            return _("%(rows)s since %(start)s") % {"rows": rows, "start": start}
    return rows


def _duration(duration: Duration) -> str:
    n = duration.n
    spelled = {
        "minute": ngettext("%(n)d minute", "%(n)d minutes", n),
        "hour": ngettext("%(n)d hour", "%(n)d hours", n),
        "day": ngettext("%(n)d day", "%(n)d days", n),
        "week": ngettext("%(n)d week", "%(n)d weeks", n),
        "month": ngettext("%(n)d month", "%(n)d months", n),
        "year": ngettext("%(n)d year", "%(n)d years", n),
    }
    return spelled[duration.unit] % {"n": n}
