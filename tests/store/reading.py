"""Columns as a test wants to see them: plain lists, without codes and dense indexes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation.facts import catalogue_of
from segmentation.kernel.columns import MISSING, NO_CODE, Column, Numbers
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Needs
from segmentation.models import Profile
from segmentation.profiles import sync
from segmentation.sources import ShopSource
from segmentation.store import MemoryColumns, People, build, live
from tests.cast import NOW

LONDON = Calendar("Europe/London")


def wants(*attributes: str, **rows: str) -> Needs:
    """`wants("customer.country", orders="total status")`."""
    return Needs(frozenset(attributes), {relation: frozenset(names.split()) for relation, names in rows.items()})


def people_of(*profiles: Profile) -> People:
    """These people, or everybody whom the shop knows."""
    found = profiles or Profile.objects.people("default")
    return People.of((profile.pk, profile.kind, profile.customer_id, profile.email) for profile in found)


def read_all(source: ShopSource, needs: Needs, currency: str = "GBP") -> MemoryColumns:
    """Everybody's columns, after a sync."""
    sync(now=NOW, source=source)
    return build(source, people_of(), needs, catalogue_of(source, currency), LONDON)


def read_few(source: ShopSource, needs: Needs, *profiles: Profile) -> MemoryColumns:
    """The same for a few."""
    return live(source, people_of(*profiles), needs, catalogue_of(source, "GBP"), LONDON)


def plain(column: Column) -> list[Any]:
    """Integers or folded texts; None for what is missing."""
    if isinstance(column, Numbers):
        return [None if value == MISSING else value for value in column.values.tolist()]
    return [None if code == NO_CODE else column.folded[code] for code in column.codes.tolist()]


def rows_of(columns: MemoryColumns, relation: str) -> list[dict[str, Any]]:
    """The rows in their order: customer index, time, key, and the columns."""
    rows = columns.rows(relation)
    times = [None if time == MISSING else time for time in rows.times.tolist()]
    values: Mapping[str, list[Any]] = {name: plain(rows.column(name)) for name in sorted(rows.columns)}
    return [
        {"customer": customer, "time": times[row], "key": rows.key(row), **{name: values[name][row] for name in values}}
        for row, customer in enumerate(rows.customer.tolist())
    ]


def picture_of(columns: MemoryColumns, customer: int) -> dict[str, Any]:
    """All that the columns say of one customer, rows in their order."""
    facts = {name: plain(column)[customer] for name, column in columns.attributes.items()}
    rows = {
        relation: [
            {name: value for name, value in row.items() if name != "customer"}
            for row in rows_of(columns, relation)
            if row["customer"] == customer
        ]
        for relation in columns.relations
    }
    return {**facts, **rows}
