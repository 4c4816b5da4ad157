"""Values as people read them: from scaled integers back to amounts, dates and words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from segmentation.engine.bind import measured_fact
from segmentation.facts import Catalogue, Fact
from segmentation.kernel.moments import Calendar
from segmentation.rules.tree import Attribute, Duration, Leaf, Value
from segmentation.rules.values import Kind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST_DECIMALS = 2
"""An average of whole numbers is shown with so many decimals."""


def value_text(leaf: Leaf, value: Fraction | str | None, catalogue: Catalogue, calendar: Calendar) -> str | None:
    """What a leaf's fact or measure is, spelled as a rule would spell it; None where it is unknown."""
    if value is None or isinstance(value, str):
        return value
    fact = catalogue.attributes[leaf.field] if isinstance(leaf, Attribute) else measured_fact(leaf, catalogue)
    if fact.kind is Kind.BOOLEAN:
        return "true" if value else "false"
    if fact.kind is Kind.DATE:
        return calendar.date_of(int(value)).isoformat()
    return _time(int(value), calendar) if fact.kind is Kind.TIME else _amount(value, fact)


def limit_text(value: Value) -> str | None:
    """A rule's value as one text; None where the operator takes none."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case Duration(n, unit):
            return f"{n} {unit}{'' if n == 1 else 's'}"
        case tuple():
            return ", ".join(value)
    return value


def _time(second: int, calendar: Calendar) -> str:
    moment = _EPOCH + timedelta(seconds=second)
    try:
        return moment.astimezone(calendar.zone).isoformat()
    except OverflowError:  # the first or last day that Python knows, which begins or ends elsewhere
        return moment.isoformat()


def _amount(value: Fraction, fact: Fact) -> str:
    decimals = fact.scale if value.denominator == 1 else max(fact.scale, _LEAST_DECIMALS)
    units = value / 10**fact.scale
    exact = Decimal(units.numerator) / Decimal(units.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN))
