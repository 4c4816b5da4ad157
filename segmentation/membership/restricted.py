"""Conditions whose values not everybody may see: on birth dates, genders, cities, and what is worked out from them."""

from __future__ import annotations

from segmentation.engine.shop import active_shop
from segmentation.facts.asked import facts_asked
from segmentation.models import Segment
from segmentation.rules import load
from segmentation.rules.tree import leaves

VIEW_RESTRICTED = "regulars_segmentation.view_restricted"
"""Who has this permission sees their values; everybody may ask about them in rules."""


def restricted_conditions(segment: Segment) -> frozenset[str]:
    """JSON pointers of the conditions whose values show something restricted.

    Raises RegularsError if the definition cannot be read or the shop cannot be had.
    """
    catalogue = active_shop().catalogue
    found = leaves(load(segment.definition))
    return frozenset(path for path, leaf in found if any(fact.restricted for fact in facts_asked(leaf, catalogue)))
