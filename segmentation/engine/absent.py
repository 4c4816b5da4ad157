"""Values that a rule names and that stand in no row: a category that was renamed empties a segment without a word."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

import numpy as np
from django.utils.translation import gettext_noop

from segmentation.errors import Problem
from segmentation.facts import Catalogue
from segmentation.facts.asked import Asked, asked_of
from segmentation.kernel.columns import Sets, Texts
from segmentation.kernel.plan import Plan
from segmentation.rules import Rule
from segmentation.rules.limits import MAX_SHOWN
from segmentation.rules.tree import leaves
from segmentation.rules.values import Kind, fold
from segmentation.store import MemoryColumns

GONE = gettext_noop("%(value)s stands in no row: %(fact)s is %(known)s")
GONE_MEANT = gettext_noop("%(value)s stands in no row: %(fact)s is %(known)s; did you mean %(meant)s?")
NO_VALUES = gettext_noop("%(value)s stands in no row: %(fact)s has no values")
RESTRICTED = gettext_noop("%(value)s stands in no row of %(fact)s")

TOLD = 5
"""So many values are named of each column, and so many that are missing of each comparison."""

LOOKED_AT = 1000
"""So many values, the most frequent, are searched for one that was perhaps meant."""

LIKE = 0.6
"""How alike a value must be (difflib's ratio) to have been meant."""

_Stands = Callable[[str, str], bool]

_STANDS: Mapping[str, _Stands] = {
    "=": operator.eq,
    "!=": operator.eq,
    "in": operator.eq,
    "not_in": operator.eq,
    "has_any": operator.eq,
    "has_all": operator.eq,
    "has_none": operator.eq,
    "contains": operator.contains,
    "not_contains": operator.contains,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
}
"""Operator -> whether a text of the shop is, or has, what it is compared with."""


def absent_values(
    rule: Rule, columns: MemoryColumns, plan: Plan, catalogue: Catalogue, *, may_see_restricted: bool = False
) -> Iterator[Problem]:
    """A warning for each text that the rule names and that stands nowhere in the columns, which were read of everyone for it.

    The dictionary of a column has every text of its relation, whoever's the rows are: nothing more is read. What is worked
    out stands in no row. Of a restricted fact nothing else is told to those who may not see it.
    """
    for path, leaf in leaves(rule):
        for asked in asked_of(leaf, catalogue):
            fact = catalogue.fact(asked.full_name)
            if fact is None or fact.kind not in (Kind.TEXT, Kind.SET) or asked.name in plan.computed:
                continue
            column = columns.rows(asked.relation).column(asked.name) if asked.relation else columns.attribute(asked.name)
            if isinstance(column, Texts | Sets):
                hidden = fact.restricted and not may_see_restricted
                yield from (Problem(path, *_said(asked.name, value, column, hidden=hidden)) for value in _missing(asked, column))


def _missing(asked: Asked, column: Texts | Sets) -> list[str]:
    stands = _STANDS.get(asked.operator)
    if stands is None:
        return []
    values = asked.value if isinstance(asked.value, tuple) else [asked.value]
    texts = [value for value in values if isinstance(value, str)]
    if stands is operator.eq:
        known = frozenset(column.folded)
        return [text for text in texts if fold(text) not in known][:TOLD]
    return [text for text in texts if not any(stands(known, fold(text)) for known in column.folded)][:TOLD]


def _said(name: str, value: str, column: Texts | Sets, *, hidden: bool) -> tuple[str, dict[str, str]]:
    """Template and words: what there is instead, the most frequent first."""
    said = {"value": _quoted(value), "fact": name}
    if hidden:
        return RESTRICTED, said
    if not column.shown:
        return NO_VALUES, said
    counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.shown))
    frequent = np.argsort(-counts, kind="stable")[:LOOKED_AT].tolist()
    by_folded = {
        column.folded[code]: column.shown[code] for code in sorted(frequent, key=lambda c: (-counts[c], column.folded[c]))
    }
    shown = [_quoted(text) for text in by_folded.values()]
    said["known"] = ", ".join([*shown[:TOLD], "…"] if len(column.shown) > TOLD else shown)
    close = get_close_matches(fold(value), by_folded, n=1, cutoff=LIKE)
    return (GONE_MEANT, said | {"meant": _quoted(by_folded[close[0]])}) if close else (GONE, said)


def _quoted(text: str) -> str:
    """As a rule has it, but no longer than can be read."""
    return json.dumps(text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…", ensure_ascii=False)
