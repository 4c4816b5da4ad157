"""The catalogue of facts, made from the shop source: an extra column there is a fact here by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from segmentation.rules.values import Kind
from segmentation.sources import Relation, ResolvedColumn, ShopSource
from segmentation.sources.currency import exponent


@dataclass(frozen=True, slots=True)
class Fact:
    """A typed thing a rule may ask about.

    `name` is as a rule writes it: "customer.country" for a fact of the person, "total" for a column of a row.
    `scale` is the decimals its scaled integers have; `current` facts have no time of their own, so a look into the past
    sees today's value; `restricted` ones need a right to be seen.
    """

    name: str
    kind: Kind
    scale: int = 0
    label: str = ""
    current: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class RelationFacts:
    """A relation that behaviour is asked of: its columns, and whether its rows have a time."""

    name: str
    columns: Mapping[str, Fact]
    has_time: bool = True


@dataclass(frozen=True)
class Catalogue:
    """All facts of a shop, in whose base currency money is compared."""

    base_currency: str
    attributes: Mapping[str, Fact] = field(default_factory=dict)
    relations: Mapping[str, RelationFacts] = field(default_factory=dict)
    unasked: Mapping[str, str] = field(default_factory=dict)
    """Full name of a mapped column that is no fact -> "personal" or "key"."""

    @property
    def money_scale(self) -> int:
        """Decimals of the base currency."""
        return exponent(self.base_currency)

    def __iter__(self) -> Iterator[tuple[str, Fact]]:
        """(full name, fact) of every fact, in the order of the source."""
        yield from self.attributes.items()
        for relation in self.relations.values():
            for name, fact in relation.columns.items():
                yield f"{relation.name}.{name}", fact


BEHAVIOUR_RELATIONS = ("orders", "order_lines", "refunds")
"""Relations whose rows belong to a customer and may be measured; products are a dimension of lines."""

_SPENT = {"orders": "total", "refunds": "amount"}
"""What `spend` is made of, where the shop has it."""


def catalogue_of(source: ShopSource, base_currency: str) -> Catalogue:
    """The facts a source offers. Raises SourceError if it cannot say whose its rows are, and when they happened."""
    source.demand_sound()
    scale = exponent(base_currency)
    customers = source.relations["customers"]
    attributes = {f"customer.{column.name}": _fact(f"customer.{column.name}", column, scale) for column in _asked(customers)}
    relations = {
        name: RelationFacts(name, {column.name: _fact(column.name, column, scale) for column in _asked(source.relations[name])})
        for name in BEHAVIOUR_RELATIONS
        if name in source.relations
    }
    if all(column in relations[name].columns for name, column in _SPENT.items() if name in source.relations):
        relations |= _spend(scale) if "orders" in relations else {}
    return Catalogue(base_currency, attributes, relations, _unasked_columns(source))


def _unasked_columns(source: ShopSource) -> dict[str, str]:
    prefixes = {name: "customer" if name == "customers" else name for name in ("customers", *BEHAVIOUR_RELATIONS)}
    return {
        f"{prefix}.{column.name}": _unasked(source.relations[name], column)
        for name, prefix in prefixes.items()
        if name in source.relations
        for column in source.relations[name].columns.values()
        if _unasked(source.relations[name], column)
    }


def _asked(relation: Relation) -> Iterator[ResolvedColumn]:
    """Columns that are facts: not personal ones, which are never kept, nor keys, which only name rows."""
    return (column for column in relation.columns.values() if not _unasked(relation, column))


def _unasked(relation: Relation, column: ResolvedColumn) -> str:
    """Why rules cannot ask about a column; "" where they can."""
    if column.personal:
        return "personal"
    spec = relation.specs.get(column.name)
    return "key" if column.key and not (spec and spec.asked) else ""


def _fact(name: str, column: ResolvedColumn, money_scale: int) -> Fact:
    scale = money_scale if column.kind is Kind.MONEY else column.scale
    return Fact(name, column.kind, scale, column.label, column.current, column.restricted)


def _spend(scale: int) -> dict[str, RelationFacts]:
    """Ours: orders as plus, refunds as minus, each at its time."""
    return {"spend": RelationFacts("spend", {"amount": Fact("amount", Kind.MONEY, scale), "at": Fact("at", Kind.TIME)})}
