"""One fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from segmentation.facts.family import Family
from segmentation.rules.values import Kind


@dataclass(frozen=True, slots=True)
class Fact:
    """A typed thing a rule may ask about.

    `name` is as a rule writes it: "customer.country" for a fact of the person, "total" for a column of a row,
    "product.category" for one of a row above it. `scale` is the decimals its scaled integers have; `current` facts have
    no time of their own, so a look into the past sees today's value; `restricted` ones need a right to be seen.
    `label` is how sentences call it; the catalogue of a shop leaves none empty. `written_at` is when a score was last written.
    """

    name: str
    kind: Kind
    scale: int = 0
    label: str | Promise = ""
    current: bool = False
    restricted: bool = False
    family: Family = Family.OWN
    help: str | Promise = ""
    written_at: datetime | None = None
