"""What a measure gives: a plain number, or a value of the kind of its column."""

from __future__ import annotations

from segmentation.facts.catalogue import Catalogue
from segmentation.facts.fact import Fact
from segmentation.rules.tree import Behaviour, Rank
from segmentation.rules.values import MEASURES, Kind

COUNTED = Fact("count", Kind.NUMBER)
"""What a measure gives that is no value of a column."""


def measured_fact(leaf: Behaviour | Rank, catalogue: Catalogue) -> Fact:
    """What a leaf compares: a fact of the customer, the measured column's fact, or a plain number for a count or share."""
    if leaf.measure is None:
        return catalogue.attributes[leaf.field]
    if leaf.of is None or MEASURES[leaf.measure].is_number:
        return COUNTED
    return catalogue.relations[leaf.field].columns[leaf.of]
