"""The same columns for a few customers, straight from the shop's database by `IN`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from segmentation.facts.catalogue import Catalogue
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Needs
from segmentation.sources import ShopSource
from segmentation.store.build import Reading
from segmentation.store.memory import MemoryColumns
from segmentation.store.people import NOBODY, People
from segmentation.store.table import Table, fetch


def live(
    source: ShopSource, people: People, needs: Needs, catalogue: Catalogue, calendar: Calendar, *, using: str | None = None
) -> MemoryColumns:
    """The needed columns of these people's rows, read from the write alias. Raises SourceError if the shop cannot be read."""
    return _LiveReading(source, people, needs, catalogue, calendar, using or source.write_alias).columns()


class _LiveReading(Reading):
    """Fetches only what belongs to the people."""

    def customer_table(self, wanted: Collection[str]) -> Table:
        return fetch(self.source.relations["customers"], wanted, self.using, [{"customer_id": list(self.people.by_customer)}])

    def owned_table(self, relation: str, wanted: Collection[str]) -> Table:
        mapped = self.source.relations[relation]
        by: dict[str, list[str]] = {"customer": list(self.people.by_customer), "email": self._emails}
        wheres: list[Mapping[str, Collection[Any]]] = [{name: by[name]} for name in by if by[name] and name in mapped.columns]
        return fetch(mapped, wanted, self.using, wheres)

    def line_table(self, wanted: Collection[str]) -> Table:
        owned = self.order_owners != NOBODY
        orders = [
            order for order, ours in zip(self.order_table.column("order_id"), owned, strict=True) if ours and order is not None
        ]
        return fetch(self.source.relations["order_lines"], wanted, self.using, [{"order_id": orders}] if orders else [])

    def joining_table(self, customers: Table) -> Table:
        relation = self.source.relations["customers"]
        emails = {*self.people.by_email, *filter(None, customers.column("email"))}
        wheres: list[Mapping[str, Collection[Any]]] = [{"email": emails}] if emails and "email" in relation.columns else []
        return fetch(relation, {"customer_id", "email"}, self.using, wheres)

    def named_orders(self, order_ids: Collection[Any]) -> Table:
        return fetch(self.source.relations["orders"], {"order_id", "currency"}, self.using, [{"order_id": order_ids}])

    @cached_property
    def _emails(self) -> list[str]:
        return [email for email, index in self.people.by_email.items() if index != NOBODY]
