"""Values as people read them: from scaled integers back to amounts, dates and words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from segmentation.engine.bind import COUNTED, measured_fact
from segmentation.facts import Catalogue, Fact
from segmentation.kernel.evidence import Value as Found
from segmentation.kernel.moments import Calendar
from segmentation.rules.tree import Attribute, Behaviour, Bucket, Circle, Comparison, Duration, Leaf, Member, Rank, Value
from segmentation.rules.values import Kind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST_DECIMALS = 2
"""An average of whole numbers is shown with so many decimals."""
_MOST_ZEROS = 4
"""With more decimals than this, as money never has, nobody reads the noughts at the end."""
_SINCE = Fact("since", Kind.TIME)


def value_text(leaf: Leaf, value: Found, catalogue: Catalogue, calendar: Calendar) -> str | None:
    """What a leaf's fact or measure is, spelled as a rule would spell it; None where it is unknown or there is none."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ", ".join(value)
    return _spelled(_FACTS[type(leaf)](leaf, catalogue), value, calendar)


def limit_text(leaf: Leaf, cut_off: Fraction | None, catalogue: Catalogue, calendar: Calendar) -> str | None:
    """What a leaf is held against as one text: its value, or the cut-off of a rank; None where there is none."""
    match leaf:
        case Rank():
            return None if cut_off is None else _spelled(_FACTS[Rank](leaf, catalogue), cut_off, calendar)
        case Attribute() | Behaviour():
            return _written(leaf.value)
        case Bucket(_, first, last):
            return f"{first}, {last}"
    return None


def _written(value: Value) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case Duration(n, unit):
            return f"{n} {unit}{'' if n == 1 else 's'}"
        case Comparison(operator, inner):
            return f"{operator} {_written(inner)}"
        case Circle(lat, lon, km):
            return f"{km} km of {lat}, {lon}"
        case tuple():
            return ", ".join(value)
    return value


_FACTS: dict[type, Callable[[Any, Catalogue], Fact]] = {
    Attribute: lambda leaf, catalogue: catalogue.attributes[leaf.field],
    Behaviour: measured_fact,
    Rank: measured_fact,
    Member: lambda leaf, catalogue: _SINCE,
    Bucket: lambda leaf, catalogue: COUNTED,
}
"""Kind of leaf -> what its value is a value of."""


def _spelled(fact: Fact, value: Fraction, calendar: Calendar) -> str:
    spell = _SPELLINGS.get(fact.kind)
    return spell(int(value), calendar) if spell else _amount(value, fact)


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
    amount = str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN))
    return amount.rstrip("0").rstrip(".") if decimals > _MOST_ZEROS and "." in amount else amount


_SPELLINGS: dict[Kind, Callable[[int, Calendar], str]] = {
    Kind.BOOLEAN: lambda value, calendar: "true" if value else "false",
    Kind.DATE: lambda value, calendar: calendar.date_of(value).isoformat(),
    Kind.TIME: _time,
}
