"""One reading of the shop: what is fetched, once each, and what becomes of it. `build` and `live` fetch in their own ways."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from segmentation.facts.catalogue import SPEND, SPENT, Catalogue
from segmentation.facts.scores import PREFIX
from segmentation.kernel.columns import Column
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Needs
from segmentation.profiles.census import first_accounts
from segmentation.sources import Relation, ShopSource
from segmentation.sources.rates import active_rates
from segmentation.sources.rates_table import Pair, Rates
from segmentation.store.memory import MemoryColumns, MemoryRows
from segmentation.store.money import Codes
from segmentation.store.part import Part, Setting
from segmentation.store.people import NOBODY, People
from segmentation.store.rows import rows_of
from segmentation.store.scores import ReadScores, read_scores
from segmentation.store.spend import spend_of
from segmentation.store.table import Table
from segmentation.store.taking import ABSENT
from segmentation.store.wanted import Wanted

CUSTOMERS = "customers"

OWN = "customer."
"""What the facts begin with that are columns of customers."""


class Reading(ABC):
    """Rows of the people, and rows that those name; each relation is fetched once, when it is first asked for."""

    def __init__(
        self,
        source: ShopSource,
        people: People,
        needs: Needs,
        catalogue: Catalogue,
        calendar: Calendar,
        using: str | None,
        rates: Rates | None = None,
        scores: ReadScores = read_scores,
    ) -> None:
        self.source = source
        self.using = using
        self.wanted = Wanted(source, needs)
        self._needs = needs
        self._rates = rates
        self._scores = scores
        self._base_currency = catalogue.base_currency
        codes = Codes(catalogue.base_currency)
        self._setting = Setting(source.relations, people, calendar, catalogue.money_scale, codes, self._find_rates)
        self._found_rates: dict[Pair, Fraction] = {}
        self._asked_rates: set[Pair] = set()
        self._own: dict[str, Part] = {}

    def columns(self) -> MemoryColumns:
        """Everything the plan needs."""
        names = [name for name in self._needs.attributes if name.startswith(PREFIX)]
        attributes = {**self._attributes(), **self._scores(self.people, names)}
        relations = {name: self._rows(name, columns) for name, columns in self._needs.rows.items()}
        faults, ignored = dict(self._setting.faults), dict(self._setting.ignored)
        self._own.clear()  # parts refer back to the reading: what was fetched would wait for the garbage collector
        people = self.people
        return MemoryColumns(people.size, people.counted, people.agreed, attributes, relations, ignored, faults, people.keys)

    @property
    def people(self) -> People:
        """Whom the reading is about."""
        return self._setting.people

    def join(self) -> None:
        """Find out which guests are accounts, where the source joins them; `columns` does so by itself."""
        if self.source.guests_join_accounts:
            self._attributes()

    # What is fetched.

    @abstractmethod
    def own_table(self, relation: Relation) -> Table:
        """The rows that are the people's."""

    @abstractmethod
    def named(self, name: str) -> Part:
        """The rows of a relation that rows of the people's name."""

    @abstractmethod
    def customer_table(self, wanted: Collection[str]) -> Table:
        """The people's accounts."""

    @abstractmethod
    def joining_table(self, customers: Table) -> Table:
        """Every account whose e-mail one of the people may have; `customers` has their own."""

    def own(self, name: str) -> Part:
        """The people's rows of a relation."""
        if name not in self._own:
            self._own[name] = self.part(name, self.own_table(self.source.relations[name]))
        return self._own[name]

    def parts(self, name: str) -> Iterator[Part]:
        """The same, for whoever needs each row once: in as many parts as take little room."""
        yield self.own(name)

    def part(self, name: str, table: Table) -> Part:
        """Fetched rows of a relation."""
        return Part(self.source.relations[name], table, self._setting, self._above)

    def _above(self, relation: Relation, name: str) -> Part:
        """Whoever owns a row owns the one that it takes its owner from; any other may be somebody else's."""
        return self.own(name) if name == relation.time_of else self.named(name)

    def _find_rates(self, pairs: Collection[Pair]) -> Mapping[Pair, Fraction]:
        """Each currency and day is asked for once, though several columns have it."""
        unasked = sorted(set(pairs) - self._asked_rates)
        if unasked:
            self._rates = self._rates or active_rates(self._base_currency)
            self._found_rates.update(self._rates.find(unasked))
            self._asked_rates |= set(unasked)
        return self._found_rates

    # What is made of it.

    def _rows(self, name: str, columns: Collection[str]) -> MemoryRows:
        if name == SPEND:
            return spend_of([self.own(one) for one in SPENT if one in self.source.relations])
        part = self.own(name)
        paths = [path for relation, path in self._needs.below if relation == name]
        return rows_of(part, columns, {path: self.own(part.relation.below[path]) for path in paths})

    def _attributes(self) -> dict[str, Column]:
        wanted = {name.removeprefix(OWN) for name in self._needs.attributes if name.startswith(OWN)}
        joins = {"email"} if self.source.guests_join_accounts else set()
        if not wanted and not joins:
            return {}
        table = self.customer_table({"customer_id", *wanted, *joins})
        part = self.part(CUSTOMERS, table)
        rows = np.full(self.people.size, ABSENT, np.int64)
        for customer, index in self.people.by_customer.items():
            rows[index] = part.place_by_key.get(customer, ABSENT)
        if joins:
            self._join(self.joining_table(table))
        return {f"{OWN}{name}": part.column(name, rows) for name in wanted}

    def _join(self, accounts: Table) -> None:
        """Guest rows with an account's e-mail are the account's, and nobody's where we do not know that account."""
        first = first_accounts(zip(accounts.column("customer_id"), accounts.column("email"), strict=True))
        joined = {email: self.people.by_customer.get(customer, NOBODY) for email, customer in first.items()}
        self._setting.people = replace(self.people, by_email={**self.people.by_email, **joined})
