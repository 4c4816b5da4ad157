"""The same columns for a few customers, straight from the shop's database by `IN`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from segmentation.facts.catalogue import Catalogue
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Needs
from segmentation.profiles.identity import is_named
from segmentation.sources import Relation, ShopSource
from segmentation.sources.rates_table import Rates
from segmentation.store.memory import MemoryColumns
from segmentation.store.part import Part
from segmentation.store.people import NOBODY, People
from segmentation.store.reading import CUSTOMERS, Reading
from segmentation.store.scores import ReadScores, read_scores
from segmentation.store.table import Table, fetch

Where = Mapping[str, Collection[Any]]


def live(
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
    """The needed columns of these people's rows, read from the write alias; else as `build`."""
    return LiveReading(source, people, needs, catalogue, calendar, using or source.write_alias, rates, scores).columns()


class LiveReading(Reading):
    """Fetches only what belongs to the people, and what that names."""

    @cached_property
    def _named(self) -> dict[str, Part]:
        return {}

    def own_table(self, relation: Relation) -> Table:
        wheres = self._of_parents(*relation.parent) if relation.parent else self._of_people(relation)
        return fetch(relation, self.wanted.own[relation.name], self.using, wheres)

    def named(self, name: str) -> Part:
        if name not in self._named:
            self._named[name] = self.part(name, self._named_table(self.source.relations[name]))
        return self._named[name]

    def _named_table(self, relation: Relation) -> Table:
        namers = [(self.own(name), column) for name, column in sorted(self.wanted.namers[relation.name])]
        keys = {key for part, column in namers for key in part.table.column(column) if is_named(key)}
        return fetch(relation, self.wanted.named[relation.name], self.using, [{relation.key: keys}] if keys else [])

    def customer_table(self, wanted: Collection[str]) -> Table:
        return fetch(self.source.relations[CUSTOMERS], wanted, self.using, [{"customer_id": list(self.people.by_customer)}])

    def joining_table(self, customers: Table) -> Table:
        relation = self.source.relations[CUSTOMERS]
        emails = {*self.people.by_email, *filter(None, customers.column("email"))}
        wheres: list[Where] = [{"email": emails}] if emails and "email" in relation.columns else []
        return fetch(relation, {"customer_id", "email"}, self.using, wheres)

    def _of_people(self, relation: Relation) -> list[Where]:
        people = self.people
        by = {"customer": list(people.by_customer), "email": self._emails, "visitor": list(people.by_visitor)}
        return [{name: by[name]} for name in relation.owners if by[name]]

    def _of_parents(self, name: str, column: str) -> list[Where]:
        parent = self.own(name)
        keys = parent.table.column(parent.relation.key)
        found = [key for key, owner in zip(keys, parent.owners.tolist(), strict=True) if owner != NOBODY and key is not None]
        return [{column: found}] if found else []

    @cached_property
    def _emails(self) -> list[str]:
        return [email for email, index in self.people.by_email.items() if index != NOBODY]
