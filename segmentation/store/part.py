"""The rows of one relation as they were fetched: whose they are, when they happened, and their columns, each made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import MISSING, Column, Numbers
from segmentation.kernel.moments import Calendar
from segmentation.models.rate import CODE_LENGTH
from segmentation.profiles.identity import is_named
from segmentation.rules.values import Kind
from segmentation.sources import Relation, ResolvedColumn
from segmentation.sources.relation import OWNERS
from segmentation.store.encode import Encoding, encode
from segmentation.store.money import BASE, Amounts, Codes, Find, converted
from segmentation.store.people import NOBODY, People
from segmentation.store.table import Table, key_ranks
from segmentation.store.taking import ABSENT, arranged, picked, taken
from segmentation.store.wanted import ORDERS, order_column


@dataclass
class Setting:
    """What rows are read with, and what is counted on the way: `faults` by relation.column, `ignored` rows by relation."""

    relations: Mapping[str, Relation]
    people: People
    calendar: Calendar
    money_scale: int
    codes: Codes
    find_rates: Find
    faults: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)


class Part:
    """Rows of a relation. `above` gives the rows of another relation that this one's name."""

    def __init__(self, relation: Relation, table: Table, setting: Setting, above: Callable[[Relation, str], Part]) -> None:
        self.relation = relation
        self.table = table
        self._setting = setting
        self._above = above
        self._columns: dict[str, Column] = {}
        self._places: dict[tuple[str, int], NDArray[np.int64]] = {}

    # The rows above.

    @cached_property
    def place_by_key(self) -> dict[str, int]:
        """Key of a row, as text -> its place."""
        return {str(key): row for row, key in enumerate(self.table.column(self.relation.key)) if key is not None}

    def places_in(self, above: Part, column: str) -> NDArray[np.int64]:
        """Where the row that `column` names stands among the rows above; ABSENT where there is none."""
        key = (column, id(above))
        if key not in self._places:
            place = above.place_by_key
            named = [ABSENT if one is None else place.get(str(one), ABSENT) for one in self.table.column(column)]
            self._places[key] = np.array(named, np.int64)
        return self._places[key]

    @cached_property
    def _parent(self) -> tuple[Part, NDArray[np.int64]] | None:
        """The rows that these take their owner, time and currency from, and the place of each one's."""
        return self._named_by(*self.relation.parent) if self.relation.parent else None

    @cached_property
    def _order(self) -> tuple[Part, NDArray[np.int64]] | None:
        """The orders that these rows take their currency from, and the place of each one's."""
        column = order_column(self.relation)
        return self._named_by(ORDERS, column) if column and ORDERS in self._setting.relations else None

    def _named_by(self, relation: str, column: str) -> tuple[Part, NDArray[np.int64]]:
        above = self._above(self.relation, relation)
        return above, self.places_in(above, column)

    # Whose, when, in which currency.

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        """Dense index of each row's person, or NOBODY, whose rows are counted as ignored."""
        if self._parent:
            above, places = self._parent
            owners = picked(above.owners, places, NOBODY)
        else:
            owners = self._setting.people.owners(*map(self.table.column, OWNERS))
            owners[self._lost] = NOBODY
        self._setting.ignored[self.relation.name] += int((owners == NOBODY).sum())
        return owners

    @property
    def _lost(self) -> NDArray[np.bool_]:
        """Rows that name an order which the shop does not give: like that order, they never were."""
        column = order_column(self.relation)
        if column is None:
            return np.zeros(self.table.length, np.bool_)
        named = np.array([is_named(order) for order in self.table.column(column)], np.bool_)
        return named & (self._order[1] == ABSENT) if self._order else named

    @cached_property
    def times(self) -> NDArray[np.int64] | None:
        """Seconds since 1970, MISSING where a row has none; None if the relation has no time."""
        if self._parent:
            above, places = self._parent
            return None if above.times is None else picked(above.times, places, MISSING)
        column = self.column(self.relation.time_column) if self.relation.time_column else None
        return column.values if isinstance(column, Numbers) else None

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The places of somebody's rows in the order of the kernel: by time, if there is one, and key."""
        return arranged(self.owners, self.times, key_ranks(self.table.column(self.relation.key)))

    @cached_property
    def currencies(self) -> NDArray[np.int64]:
        """Place of each row's currency among the codes: its own, else that of the row above, else the base."""
        if self._parent:
            above, places = self._parent
            return picked(above.currencies, places, BASE)
        if "currency" not in self.relation.specs:
            return np.full(self.table.length, BASE)
        own = self.table.column("currency")
        codes = np.array([self._setting.codes[currency] for currency in own], np.int64)
        if self._order:
            above, places = self._order
            blank = np.array([currency is None or not str(currency).strip() for currency in own], np.bool_)
            codes = np.where(blank, picked(above.currencies, places, BASE), codes)
        return codes

    # Columns.

    def column(self, name: str, rows: NDArray[np.int64] | None = None) -> Column:
        """A column as the kernel reads it, of all rows or of these; a column of the row above by its path."""
        path, dot, rest = name.rpartition(".")
        if dot:
            above, places = self._named_by(*self.relation.above[path])
            return taken(above.column(rest), places if rows is None else places[rows])
        if name not in self._columns:
            self._columns[name] = self._made(self.relation.columns[name])
        return self._columns[name] if rows is None else taken(self._columns[name], rows)

    def _made(self, column: ResolvedColumn) -> Column:
        """Several of the asked relations may take it; its faults are counted once."""
        place = f"{self.relation.name}.{column.name}"
        values = self.table.column(column.name)
        if column.required and (missing := values.count(None)):
            self._setting.faults[f"{place} without a value"] += missing
        encoding = Encoding(column.kind, self._shift(column), self._setting.calendar, lambda value: self._fault(place))
        if column.kind is not Kind.MONEY or not (foreign := self.currencies != BASE).any():
            return encode(values, encoding)
        local = [None if abroad else value for value, abroad in zip(values, foreign.tolist(), strict=True)]
        made = encode(local, encoding)
        if isinstance(made, Numbers):
            self._convert(place, column, foreign, made.values)
        return made

    def _convert(self, place: str, column: ResolvedColumn, foreign: NDArray[np.bool_], made: NDArray[np.int64]) -> None:
        """Fill in the amounts in other currencies; those without a rate stay missing and are counted, never summed raw."""
        values = self.table.column(column.name)
        rows = np.array([row for row in np.flatnonzero(foreign).tolist() if values[row] is not None], np.int64)
        amounts = Amounts(
            values=[values[row] for row in rows.tolist()],
            currencies=self.currencies[rows],
            names=self._setting.codes.names,
            times=np.full(len(rows), MISSING) if self.times is None else self.times[rows],
            decimals=0 if column.minor_units else column.scale,
            shift=self._shift(column),
        )
        found = converted(amounts, self._setting.calendar, self._setting.find_rates)
        made[rows] = found.values
        self._fault(place, found.faults)
        for currency, unrated in found.unrated.items():
            # Whatever else stands in the column by mistake is not repeated in a report.
            named = currency if len(currency) <= CODE_LENGTH else "an unknown currency"
            self._fault(f"{place} without a rate for {named}", unrated)

    def _shift(self, column: ResolvedColumn) -> int:
        kept = self._setting.money_scale if column.kind is Kind.MONEY else column.scale
        return kept - column.scale if column.minor_units else kept

    def _fault(self, place: str, count: int = 1) -> None:
        if count:
            self._setting.faults[place] += count
