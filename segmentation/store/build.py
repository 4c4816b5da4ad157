"""From the shop source to columns: one query a relation, only the relations and columns that a plan needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from segmentation.facts.catalogue import Catalogue
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Needs
from segmentation.sources import Relation, ShopSource
from segmentation.sources.rates_table import Rates
from segmentation.store.memory import MemoryColumns
from segmentation.store.part import Part
from segmentation.store.people import People
from segmentation.store.reading import CUSTOMERS, Reading
from segmentation.store.scores import ReadScores, read_scores
from segmentation.store.table import Table, fetch, pieces


def build(
    source: ShopSource,
    people: People,
    needs: Needs,
    catalogue: Catalogue,
    calendar: Calendar,
    *,
    using: str | None = None,
    rates: Rates | None = None,
    scores: ReadScores = read_scores,
) -> MemoryColumns:
    """The needed columns of all rows, for the people; money at `rates`, those of the settings unless given.

    Raises SourceError if the shop cannot be read to the end, ConfigurationError if rates are needed and cannot be had.
    """
    return FullReading(source, people, needs, catalogue, calendar, using, rates, scores).columns()


class FullReading(Reading):
    """All rows: what is named is among them."""

    def own_table(self, relation: Relation) -> Table:
        return fetch(relation, self.wanted.all_of(relation.name), self.using)

    def parts(self, name: str) -> Iterator[Part]:
        relation = self.source.relations[name]
        for table in pieces(relation, self.wanted.all_of(name), self.using):
            yield self.part(name, table)

    def named(self, name: str) -> Part:
        return self.own(name)

    def customer_table(self, wanted: Collection[str]) -> Table:
        return fetch(self.source.relations[CUSTOMERS], wanted, self.using)

    def joining_table(self, customers: Table) -> Table:
        return customers
