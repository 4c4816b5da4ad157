"""Whom and what a sentence speaks of: the facts of a shop, and perhaps the moment at which it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from segmentation.facts.catalogue import Catalogue
from segmentation.facts.fact import Fact
from segmentation.facts.relations import spaced
from segmentation.kernel.moments import Calendar


@dataclass(frozen=True, slots=True)
class Voice:
    """With a moment and a calendar, whatever goes by the calendar says its dates."""

    catalogue: Catalogue
    now: datetime | None = None
    calendar: Calendar | None = None

    def attribute(self, name: str) -> Fact | None:
        """A fact of the person, if the shop has it."""
        return self.catalogue.attributes.get(name)

    def columns(self, relation: str) -> Mapping[str, Fact]:
        """The columns that rows of a relation have; none of a relation that the shop does not have."""
        found = self.catalogue.relations.get(relation)
        return found.columns if found else {}

    def below(self, relation: str, path: str) -> str:
        """The relation of the rows below; a path that the shop does not have is taken for a relation."""
        found = self.catalogue.relations.get(relation)
        return found.below.get(path, path) if found else path


def called(fact: Fact | None, name: str) -> str:
    """The owner's word for a fact: its label, or its name without the customer's."""
    return str(fact.label) if fact and fact.label else spaced(name.removeprefix("customer."))
