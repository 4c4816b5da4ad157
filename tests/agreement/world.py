"""The oracle's shops as the project sees them: relations over plain rows, without a database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from segmentation.engine.shop import Shop
from segmentation.facts import catalogue_of
from segmentation.kernel.moments import Calendar
from segmentation.models import Profile
from segmentation.rules.values import Kind
from segmentation.sources import ResolvedColumn, ShopSource
from segmentation.store import People
from tests.oracle import OracleShop

KEYS = ("pk", "customer", "order_id", "product_id", "customer_id")


class PlainRelation:
    """What the project asks of a relation, answered from a list of dictionaries."""

    time_of = None
    specs: Mapping[str, Any] = {}

    def __init__(self, name: str, rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, tuple[str, int]], key: str) -> None:
        self.name = name
        self.key = key
        self._rows = rows
        self.columns = {column: _column(name, column, *kinds.get(column, ("text", 0))) for column in kinds}

    def read(
        self, names: Sequence[str], *, using: str | None = None, where: Mapping[str, Collection[Any]] | None = None, **_: Any
    ) -> Iterator[list[tuple[Any, ...]]]:
        """One list of tuples, like `Relation.read`."""
        wanted = {column: {str(value) for value in values} for column, values in (where or {}).items()}
        rows = [row for row in self._rows if all(str(row[column]) in values for column, values in wanted.items())]
        yield [tuple(row[name] for name in names) for row in rows]


def shop_of(oracle: OracleShop) -> Shop:
    """The shop as the engine sees it."""
    source = ShopSource()
    source.relations = {  # type: ignore[misc]
        "customers": _customers(oracle),
        **{name: _owned(oracle, name) for name in ("orders", "order_lines", "refunds") if name in oracle.relations},
    }
    return Shop("default", source, catalogue_of(source, oracle.base_currency), Calendar(oracle.zone))


def people_of(oracle: OracleShop) -> tuple[People, list[str]]:
    """The people, numbered from 1 as profiles, and their keys in that order."""
    keys = [person["key"] for person in oracle.people]
    return People.of((number, Profile.Kind.USER, key, "") for number, key in enumerate(keys, 1)), keys


def _customers(oracle: OracleShop) -> Any:
    rows = [{**person, "customer_id": person["key"], "pk": number} for number, person in enumerate(oracle.people)]
    return PlainRelation("customers", rows, {"customer_id": ("text", 0), **_kinds(oracle, "customer")}, "customer_id")


def _owned(oracle: OracleShop, name: str) -> Any:
    rows = [{**row, "customer": row.get("person"), "pk": number} for number, row in enumerate(oracle.relations[name])]
    keys = {
        "orders": ("customer", "order_id", "currency"),
        "order_lines": ("order_id",),
        "refunds": ("customer", "order_id", "currency"),
    }
    kinds = {**dict.fromkeys(keys[name], ("text", 0)), **_kinds(oracle, name)}
    return PlainRelation(name, rows, kinds, "order_id" if name == "orders" else "pk")


def _kinds(oracle: OracleShop, relation: str) -> dict[str, tuple[str, int]]:
    prefix = f"{relation}."
    return {
        field.removeprefix(prefix): (kind, oracle.scales.get(field, 0))
        for field, kind in oracle.kinds.items()
        if field.startswith(prefix)
    }


def _column(relation: str, name: str, kind: str, scale: int) -> ResolvedColumn:
    return ResolvedColumn(
        relation=relation,
        name=name,
        kind=Kind(kind),
        scale=scale,
        current=False,
        key=name in KEYS,
        personal=False,
        restricted=False,
        required=False,
        label="",
        value=name,
        minor_units=False,
    )
