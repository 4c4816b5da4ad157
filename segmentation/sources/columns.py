"""Columns of a relation: as a shop writes them, as this app expects them, and as they turn out over the shop's models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from segmentation.rules.values import Kind


class Expression(Protocol):
    """Anything that Django can annotate: F, Value, Case, an aggregate, a Subquery, a queryset."""

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """What Django asks of an expression."""
        ...


ColumnValue = str | Expression | Callable[[Any], Any] | tuple[str, str]


@dataclass(frozen=True)
class Column:
    """One column as the shop maps it.

    `value` is an ORM path, an expression, or a callable of the model instance. A callable gives whole units and
    needs its relatives prefetched by the relation's queryset. A set may also be a path to many rows, a place the
    paths of its latitude and longitude: `Column(("lat", "lon"), kind="geo")`. `scale` is the number of decimals kept; on an
    integer field or expression it says that the stored number already is in those minor units. What is left None
    is taken from the canonical column or from the model field.
    """

    value: ColumnValue
    _: KW_ONLY
    kind: Kind | str | None = None
    scale: int | None = None
    current: bool | None = None
    key: bool | None = None
    personal: bool | None = None
    restricted: bool | None = None
    label: str = ""

    @property
    def is_path(self) -> bool:
        """An ORM path such as "address__country_id" or "pk"."""
        return isinstance(self.value, str)

    @property
    def is_pair(self) -> bool:
        """The paths of a latitude and a longitude."""
        value = self.value
        return isinstance(value, tuple) and len(value) == 2 and all(isinstance(path, str) for path in value)

    @property
    def is_expression(self) -> bool:
        """Something that Django can annotate."""
        return hasattr(self.value, "resolve_expression")

    @property
    def is_callable(self) -> bool:
        """A function of the instance, called once a row."""
        return callable(self.value) and not self.is_expression


@dataclass(frozen=True)
class Money(Column):
    """A column of money: `Money("amount_cents", scale=2)` where the shop stores integer minor units."""

    kind: Kind | str | None = field(default=Kind.MONEY, init=False)


class Default(StrEnum):
    """What a reader takes where the shop maps nothing or the row has nothing."""

    BASE_CURRENCY = "base_currency"
    ORDER_CURRENCY = "order_currency"
    """The currency of the order the row names, else the base currency."""


@dataclass(frozen=True)
class ColumnSpec:
    """A canonical column: what every shop means by this name.

    `current` has no time of its own (it is today's value), `key` identifies and is evidence only, `personal` is
    never stored and no fact, `restricted` needs a right to be seen.
    """

    kind: Kind
    required: bool = False
    current: bool = False
    key: bool = False
    personal: bool = False
    restricted: bool = False
    default: Default | None = None
    asked: bool = False
    """A key that rules may ask about all the same."""


@dataclass(frozen=True)
class ResolvedColumn:
    """A mapped column with everything settled.

    `scale` is the number of decimals (0 for what is no number); with `minor_units` the values read are integers
    already multiplied by 10 ** scale. `label` is "" unless the shop gave one.
    """

    relation: str
    name: str
    kind: Kind
    scale: int
    current: bool
    key: bool
    personal: bool
    restricted: bool
    required: bool
    label: str
    value: ColumnValue
    minor_units: bool
    is_bare: bool = False
    """A number from integers of which nobody said the scale."""
    is_many: bool = False
    """A path to many rows, read as one list."""

    @property
    def is_callable(self) -> bool:
        """A function of the instance, called once a row."""
        return Column(self.value).is_callable
