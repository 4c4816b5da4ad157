"""From the shop source to columns: one query a relation, only the relations and columns that a plan needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segmentation.facts.catalogue import Catalogue
from segmentation.kernel.columns import MISSING, Column, Numbers
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Needs
from segmentation.profiles.census import first_accounts
from segmentation.profiles.identity import is_named
from segmentation.rules.values import Kind, fold
from segmentation.sources import ResolvedColumn, ShopSource
from segmentation.store.encode import Encoding, encode
from segmentation.store.memory import MemoryColumns, MemoryRows, taken
from segmentation.store.people import NOBODY, People
from segmentation.store.table import Table, fetch, key_ranks

_OWNER = ("customer", "email")


def build(
    source: ShopSource, people: People, needs: Needs, catalogue: Catalogue, calendar: Calendar, *, using: str | None = None
) -> MemoryColumns:
    """The needed columns of all rows, for the people. Raises SourceError if the shop cannot be read to the end."""
    return Reading(source, people, needs, catalogue, calendar, using).columns()


class Reading:
    """One reading of the shop; `live` narrows what is fetched and shares the rest."""

    def __init__(
        self, source: ShopSource, people: People, needs: Needs, catalogue: Catalogue, calendar: Calendar, using: str | None
    ) -> None:
        self.source = source
        self.people = people
        self._needs = needs
        self._catalogue = catalogue
        self._calendar = calendar
        self.using = using
        self._made: dict[tuple[str, str], Column] = {}
        self._ignored: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()

    def columns(self) -> MemoryColumns:
        """Everything the plan needs."""
        attributes = self._attributes()
        makers = {"orders": self._orders, "order_lines": self._lines, "refunds": self._refunds, "spend": self._spend}
        relations = {name: makers[name](wanted) for name, wanted in self._needs.rows.items()}
        return MemoryColumns(self.people.size, attributes, relations, dict(self._ignored), dict(self._faults))

    # What is fetched; `live` asks for less.

    def customer_table(self, wanted: Collection[str]) -> Table:
        """Rows of customers."""
        return fetch(self.source.relations["customers"], wanted, self.using)

    def owned_table(self, relation: str, wanted: Collection[str]) -> Table:
        """Rows of a relation that name their owner."""
        return fetch(self.source.relations[relation], wanted, self.using)

    def line_table(self, wanted: Collection[str]) -> Table:
        """Rows of order lines."""
        return fetch(self.source.relations["order_lines"], wanted, self.using)

    def joining_table(self, customers: Table) -> Table:
        """Every account whose e-mail one of the people may have; `customers` has their own rows."""
        return customers

    def named_orders(self, order_ids: Collection[Any]) -> Table:
        """Orders that refunds name."""
        return self.order_table

    # What is made of it.

    @cached_property
    def order_table(self) -> Table:
        """Orders, with every column that any of the needed relations takes from them."""
        wanted = {*_OWNER, "order_id", "placed_at", "currency", *self._needs.rows.get("orders", ())}
        return self.owned_table("orders", wanted | {"total"} if "spend" in self._needs.rows else wanted)

    @cached_property
    def refund_table(self) -> Table:
        """Refunds, with every column that any of the needed relations takes from them."""
        wanted = {*_OWNER, "order_id", "at", "currency", *self._needs.rows.get("refunds", ())}
        return self.owned_table("refunds", wanted | {"amount"} if "spend" in self._needs.rows else wanted)

    @cached_property
    def order_owners(self) -> NDArray[np.int32]:
        """Who placed each order."""
        return self._owners("orders", self.order_table)

    @cached_property
    def _refund_orders(self) -> dict[str, Any]:
        """Order id -> currency, of the orders that the shop gives."""
        ids = {value for value in self.refund_table.column("order_id") if is_named(value)}
        if not ids or "orders" not in self.source.relations:
            return {}
        table = self.named_orders(ids)
        return dict(zip(map(str, table.column("order_id")), table.column("currency"), strict=True))

    @cached_property
    def _refund_owners(self) -> NDArray[np.int32]:
        """Who got each refund; nobody where it names an order that the shop does not give."""
        owners = self._owners("refunds", self.refund_table)
        orders = self._refund_orders
        named = self.refund_table.column("order_id")
        lost = np.array([is_named(order) and str(order) not in orders for order in named], np.bool_)
        self._ignored["refunds"] += int((lost & (owners != NOBODY)).sum())
        return np.where(lost, NOBODY, owners).astype(np.int32)

    @cached_property
    def _refund_currencies(self) -> list[Any]:
        pairs = zip(self.refund_table.column("currency"), self.refund_table.column("order_id"), strict=True)
        return [currency if fold(str(currency or "")) else self._refund_orders.get(str(order)) for currency, order in pairs]

    def _attributes(self) -> dict[str, Column]:
        wanted = {name.removeprefix("customer.") for name in self._needs.attributes}
        joins = {"email"} if self.source.guests_join_accounts else set()
        if not wanted and not joins:
            return {}
        table = self.customer_table({"customer_id", *wanted, *joins})
        place = {str(customer): row for row, customer in enumerate(table.column("customer_id"))}
        rows = np.full(self.people.size, -1, np.int64)
        for customer, index in self.people.by_customer.items():
            rows[index] = place.get(customer, -1)
        if joins:
            self._join(self.joining_table(table))
        return {f"customer.{name}": taken(self._column("customers", name, table), rows) for name in wanted}

    def _join(self, accounts: Table) -> None:
        """Guest rows with an account's e-mail are the account's, and nobody's where we do not know that account."""
        first = first_accounts(zip(accounts.column("customer_id"), accounts.column("email"), strict=True))
        joined = {email: self.people.by_customer.get(customer, NOBODY) for email, customer in first.items()}
        self.people = replace(self.people, by_email={**self.people.by_email, **joined})

    def _orders(self, wanted: Collection[str]) -> MemoryRows:
        table = self.order_table
        return self._rows(
            "orders", wanted, table, self.order_owners, self._times("orders", "placed_at", table), table.column("order_id")
        )

    def _lines(self, wanted: Collection[str]) -> MemoryRows:
        orders = self.order_table
        table = self.line_table({"order_id", *wanted})
        place = {str(order): row for row, order in enumerate(orders.column("order_id")) if order is not None}
        rows = np.array([place.get(str(order), -1) for order in table.column("order_id")], np.int64)
        owners = np.append(self.order_owners, NOBODY)[rows].astype(np.int32)
        times = np.append(self._times("orders", "placed_at", orders), MISSING)[rows]
        order_currencies = orders.column("currency")
        currencies = [order_currencies[row] if row >= 0 else None for row in rows]
        self._ignored["order_lines"] += int((owners == NOBODY).sum())
        return self._rows("order_lines", wanted, table, owners, times, table.column("order_id"), currencies)

    def _refunds(self, wanted: Collection[str]) -> MemoryRows:
        table = self.refund_table
        times = self._times("refunds", "at", table)
        return self._rows("refunds", wanted, table, self._refund_owners, times, _refund_names(table), self._refund_currencies)

    def _spend(self, wanted: Collection[str]) -> MemoryRows:
        """Orders as plus, refunds as minus, each at its time."""
        parts = [
            self._spent(
                "orders", "total", "placed_at", self.order_table, self.order_owners, self.order_table.column("currency"), 1
            )
        ]
        names = list(self.order_table.column("order_id"))
        if "refunds" in self.source.relations:
            refunds = self.refund_table
            parts.append(self._spent("refunds", "amount", "at", refunds, self._refund_owners, self._refund_currencies, -1))
            names += _refund_names(refunds)
        owners, times, amounts = (np.concatenate(column) for column in zip(*parts, strict=True))
        return _sorted(owners, times, {"amount": Numbers(amounts), "at": Numbers(times)}, names, names)

    def _spent(
        self, relation: str, column: str, time: str, table: Table, owners: NDArray[np.int32], currencies: Sequence[Any], sign: int
    ) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
        amounts = self._column(relation, column, table, currencies)
        values = amounts.values if isinstance(amounts, Numbers) else np.empty(0, np.int64)
        return owners, self._times(relation, time, table), np.where(values == MISSING, MISSING, values * sign)

    def _rows(
        self,
        relation: str,
        wanted: Collection[str],
        table: Table,
        owners: NDArray[np.int32],
        times: NDArray[np.int64],
        names: Sequence[Any],
        currencies: Sequence[Any] | None = None,
    ) -> MemoryRows:
        money = table.column("currency") if currencies is None else currencies
        columns = {name: self._column(relation, name, table, money) for name in wanted}
        keys = names if self.source.relations[relation].key != "pk" else table.column("pk")
        return _sorted(owners, times, columns, keys, names)

    def _owners(self, relation: str, table: Table) -> NDArray[np.int32]:
        owners = self.people.owners(table.column("customer"), table.column("email"))
        self._ignored[relation] += int((owners == NOBODY).sum())
        return owners

    def _times(self, relation: str, name: str, table: Table) -> NDArray[np.int64]:
        column = self._column(relation, name, table)
        return column.values if isinstance(column, Numbers) else np.empty(0, np.int64)

    def _column(self, relation: str, name: str, table: Table, currencies: Sequence[Any] = ()) -> Column:
        """A column as the kernel reads it; made once, since several relations may take it, and its faults counted once."""
        if (relation, name) not in self._made:
            self._made[relation, name] = self._in_base(relation, name, self._encoded(relation, name, table), currencies)
        return self._made[relation, name]

    def _encoded(self, relation: str, name: str, table: Table) -> Column:
        column = self.source.relations[relation].columns[name]
        if column.required and (missing := table.column(name).count(None)):
            self._faults[f"{relation}.{name} without a value"] += missing
        encoding = Encoding(column.kind, self._shift(column), self._calendar, lambda value: self._fault(f"{relation}.{name}"))
        return encode(table.column(name), encoding)

    def _shift(self, column: ResolvedColumn) -> int:
        kept = self._money_scale if column.kind is Kind.MONEY else column.scale
        return kept - column.scale if column.minor_units else kept

    @cached_property
    def _money_scale(self) -> int:
        return self._catalogue.money_scale

    def _fault(self, place: str) -> None:
        self._faults[place] += 1

    def _in_base(self, relation: str, name: str, column: Column, currencies: Sequence[Any]) -> Column:
        """Money in the base currency; an amount in another has no rate yet, so it is missing and never summed raw."""
        if self.source.relations[relation].columns[name].kind is not Kind.MONEY or not isinstance(column, Numbers):
            return column
        foreign = _Foreign(self._catalogue.base_currency)
        unrated = np.array([foreign[currency] for currency in currencies], np.bool_)
        if not unrated.any():
            return column
        self._faults[f"{relation}.{name} without a rate"] += int(unrated.sum())
        return Numbers(np.where(unrated, MISSING, column.values))


class _Foreign(dict[Any, bool]):
    """Currency -> whether it is another than the base; a blank one is the base."""

    def __init__(self, base: str) -> None:
        super().__init__({None: False})
        self._base = fold(base)

    def __missing__(self, currency: Any) -> bool:
        self[currency] = fold(str(currency)) not in ("", self._base)
        return self[currency]


def _refund_names(table: Table) -> list[Any]:
    """A refund is called by its order, or by its own key where it has none."""
    return [order if is_named(order) else pk for pk, order in zip(table.column("pk"), table.column("order_id"), strict=True)]


def _sorted(
    owners: NDArray[np.int32],
    times: NDArray[np.int64],
    columns: Mapping[str, Column],
    keys: Sequence[Any],
    names: Sequence[Any],
) -> MemoryRows:
    """Without nobody's rows, by time and then key; rows without a time come first."""
    order = np.lexsort((key_ranks(keys), times))
    order = order[owners[order] != NOBODY]
    sorted_columns = {name: taken(column, order) for name, column in columns.items()}
    return MemoryRows(owners[order], times[order], sorted_columns, lambda row: str(names[order[row]]))
