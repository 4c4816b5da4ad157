"""One file a family: its canonical columns in words, and the facts that are worked out from them."""

from __future__ import annotations

from segmentation.facts.families import (
    behavioural,
    demographic,
    geographic,
    needs,
    own,
    predictive,
    psychographic,
    technographic,
    value,
)
from segmentation.facts.family import Family, FamilyWords, Words

__all__ = ["COLUMNS", "FAMILIES"]

_ROOMS = (demographic, geographic, psychographic, behavioural, needs, value, technographic, predictive, own)

FAMILIES: dict[Family, FamilyWords] = {room.WORDS.family: room.WORDS for room in _ROOMS}
"""In the order in which they are shown."""

COLUMNS: dict[str, tuple[Family, Words]] = {
    name: (family, words) for family, spoken in FAMILIES.items() for name, words in spoken.columns.items()
}
"""Full name of a canonical column -> its family, and what it is called."""
