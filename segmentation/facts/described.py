"""A column of the shop in words: its label, what it means, and its family."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise

from segmentation.facts.families import COLUMNS
from segmentation.facts.family import Family
from segmentation.facts.relations import label_above, spaced
from segmentation.rules.values import Kind
from segmentation.sources import ResolvedColumn


class Description(NamedTuple):
    """Never empty but for the help."""

    label: str | Promise
    help: str | Promise
    family: Family


_FAMILY_OF_KIND: Mapping[Kind, Family] = {Kind.MONEY: Family.VALUE, Kind.GEO: Family.GEOGRAPHIC}

_FAMILY_OF_RELATION: Mapping[str, Family] = {
    "customers": Family.OWN,
    "products": Family.PSYCHOGRAPHIC,
    "wishlist_items": Family.NEEDS,
}
"""Where a shop's own column belongs, if its kind does not tell; in any other relation it is something that was done."""


def described(column: ResolvedColumn, path: str = "") -> Description:
    """What a column is called; with a path, what the rows below call it. The shop's own label goes before ours."""
    relation = "customer" if column.relation == "customers" else column.relation
    known = COLUMNS.get(f"{relation}.{column.name}")
    if known is None:
        family = _FAMILY_OF_KIND.get(column.kind) or _FAMILY_OF_RELATION.get(column.relation, Family.BEHAVIOURAL)
        label: str | Promise = column.label or spaced(column.name)
        return Description(label_above(path, label) if path else label, "", family)
    family, words = known
    label = column.label or words.label
    if path:
        label = words.above if words.above and not column.label else label_above(path, label)
    return Description(label, words.help, family)
