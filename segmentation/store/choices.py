"""Values to choose from: what a fact holds in the shop's data, and how often."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, QuerySet

from segmentation.errors import SourceError
from segmentation.facts.catalogue import Catalogue
from segmentation.rules.values import Kind, fold
from segmentation.sources import Relation, ResolvedColumn, ShopSource

MOST_VALUES = 10_000
"""So many distinct values are looked at, the most frequent; whoever has more should be searched elsewhere."""

MOST_ROWS = 10_000
"""So many rows are looked at where the database cannot count the values itself."""

_VALUE, _COUNT = "regulars_value", "regulars_count"
_STROKES = str.maketrans("łøđħŧı", "lodhti")
"""Letters that are another with a stroke, which Unicode does not take for accents."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value as a rule would spell it, and in how many rows it stands (None: not counted)."""

    value: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """The most frequent first. `is_partial` says that not all the shop's data was looked at: rare values may be missing."""

    found: tuple[Choice, ...] = ()
    is_partial: bool = False


_YES_NO = Choices((Choice("true"), Choice("false")))


def choices(
    source: ShopSource,
    catalogue: Catalogue,
    name: str,
    search: str = "",
    *,
    limit: int = 50,
    may_see_restricted: bool = False,
    using: str | None = None,
) -> Choices:
    """The distinct values of a fact by its full name, those that hold `search`, whatever its case and accents.

    Texts and the members of sets are counted, in one query (of a union of Events, one each); yes and no stand for
    themselves; numbers, dates, places and what is worked out have none. Of a row above ("product.category") the rows
    there are counted. Raises KeyError if there is no such fact, PermissionDenied if it is restricted and the asker may
    not see it, SourceError if the shop cannot be read.
    """
    fact = catalogue.fact(name)
    if fact is None:
        raise KeyError(name)
    if fact.restricted and not may_see_restricted:
        raise PermissionDenied(f"{name} is restricted")
    if fact.kind is Kind.BOOLEAN:
        return _YES_NO
    if fact.kind not in (Kind.TEXT, Kind.SET) or name in catalogue.computed:
        return Choices()
    relation, column = _place(source, name)
    counted, is_partial = _counted(relation, column, using)
    words = _bare(search)
    matching = [choice for choice in _merged(counted) if words in _bare(choice.value)]
    return Choices(tuple(matching[:limit]), is_partial)


def _place(source: ShopSource, name: str) -> tuple[Relation, str]:
    """The relation whose rows hold a fact, and its column there."""
    prefix, _, rest = name.partition(".")
    relation = source.relations["customers" if prefix == "customer" else prefix]
    path, _, column = rest.rpartition(".")
    return (source.relations[relation.above[path][0]] if path else relation), column


def _counted(relation: Relation, name: str, using: str | None) -> tuple[Counter[str], bool]:
    """How often each value stands in the rows, and whether that is only a part of them."""
    total: Counter[str] = Counter()
    is_partial = False
    for part in relation.parts.values():
        column = part.columns.get(name)
        if column is None:
            continue
        query = _by_database(part, column, using)
        counted, more = _by_sample(part, column, using) if query is None else _fetched(part, query)
        total.update(counted)
        is_partial |= more
    return total, is_partial


def _by_database(relation: Relation, column: ResolvedColumn, using: str | None) -> QuerySet[Any, Any] | None:
    """A query that counts values; None where they can only be counted row by row.

    A queryset that is distinct or grouped already, and a column that is an aggregate, cannot be grouped once more.
    """
    if column.is_callable or column.kind is not Kind.TEXT:
        return None
    queryset = relation.queryset()
    expression: Any = F(column.value) if isinstance(column.value, str) else column.value
    queryset = (queryset.using(using) if using else queryset).annotate(**{_VALUE: expression})
    value = queryset.query.annotations[_VALUE]
    if queryset.query.distinct or queryset.query.group_by is not None or value.contains_over_clause:
        return None
    counted: QuerySet[Any, Any] = queryset.prefetch_related(None).order_by().values(_VALUE).annotate(**{_COUNT: Count("*")})
    return counted


def _fetched(relation: Relation, query: QuerySet[Any, Any]) -> tuple[Counter[str], bool]:
    ordered = query.order_by(f"-{_COUNT}", _VALUE).values_list(_VALUE, _COUNT)
    try:
        rows = list(ordered[: MOST_VALUES + 1])
    except Exception as error:  # the expression is the shop's own code
        raise SourceError(f"{relation.name} could not be read: {type(error).__name__}: {error}") from error
    counted: Counter[str] = Counter()
    for value, count in rows[:MOST_VALUES]:
        if value is not None:
            counted[str(value)] += count
    return counted, len(rows) > MOST_VALUES


def _by_sample(relation: Relation, column: ResolvedColumn, using: str | None) -> tuple[Counter[str], bool]:
    chunks = relation.read([column.name], using=using, limit=MOST_ROWS + 1)
    values = [row[0] for chunk in chunks for row in chunk]
    found = (text for value in values[:MOST_ROWS] for text in _texts(value))
    return Counter(found), len(values) > MOST_ROWS


def _texts(value: Any) -> Iterable[str]:
    """The text that a value is, or the distinct ones that it holds; what is neither is a fault of its row, told elsewhere."""
    if isinstance(value, list):
        return dict.fromkeys(one for one in value if isinstance(one, str))
    return [str(value)] if value is not None and isinstance(value, Hashable) else []


def _merged(counted: Counter[str]) -> list[Choice]:
    """Spellings that rules take for the same as one choice, in the most frequent of them."""
    totals: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for text, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if folded := fold(text):
            totals[folded] += count
            shown.setdefault(folded, text.strip())
    merged = [Choice(shown[folded], count) for folded, count in totals.items()]
    return sorted(merged, key=lambda choice: (-(choice.count or 0), _bare(choice.value)))


def _bare(text: str) -> str:
    """A text without case and accents."""
    parts = unicodedata.normalize("NFKD", fold(text))
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(_STROKES)
