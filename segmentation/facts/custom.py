"""Facts that are worked out from others: a small registered function over columns.

    @computed_fact("customer.age", kind=Kind.NUMBER, inputs=["customer.birth_date"], label=_("age"))
    def age(columns, now, calendar):
        return Numbers(...)

The function gets the columns that it names (kernel.columns; a value a customer), the moment and the shop's calendar, and
gives a column as long as these. It is a fact of every shop whose source has its inputs, which are columns of customers and
not computed themselves. Register it where your app is imported by Django's start (`AppConfig.ready`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from segmentation.errors import ConfigurationError
from segmentation.facts.family import Family
from segmentation.facts.relations import spaced
from segmentation.kernel.columns import Column
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Computed
from segmentation.rules.values import Kind, is_name

Function = Callable[[Mapping[str, Column], datetime, Calendar], Column]


PREFIX = "customer."
"""What all facts of the customer begin with."""


@dataclass(frozen=True, slots=True)
class CustomFact:
    """A registered fact: `computed` works it out. Current or restricted if any of its inputs is.

    Money has the decimals of the base currency, as its inputs have; `scale` is of other numbers.
    """

    name: str
    kind: Kind
    scale: int
    computed: Computed
    label: str | Promise
    help: str | Promise
    family: Family


REGISTRY: dict[str, CustomFact] = {}
"""Name -> fact, in the order in which they were registered."""


def computed_fact(
    name: str,
    *,
    kind: Kind,
    inputs: Sequence[str],
    scale: int = 0,
    label: str | Promise = "",
    help: str | Promise = "",
    family: Family = Family.OWN,
) -> Callable[[Function], Function]:
    """Register a function as a fact of the customer; `name` begins with "customer.", `inputs` are facts of hers.

    Raises ConfigurationError for a name that rules cannot write or that another function has, and for inputs that
    no customer has.
    """

    def register(function: Function) -> Function:
        known = REGISTRY.get(name)
        if known is not None and _called(known.computed.function) != _called(function):
            raise ConfigurationError(f"the fact {name} is registered twice")
        words = label or spaced(name.removeprefix(PREFIX))
        REGISTRY[name] = CustomFact(name, kind, scale, Computed(tuple(inputs), function), words, help, family)
        return function

    if not _is_fact(name):
        raise ConfigurationError(f'"{name}" cannot name a fact of the customer: write "{PREFIX}" and a name')
    if not inputs or not all(map(_is_fact, inputs)):
        raise ConfigurationError(f'{name} must be worked out from facts of the customer, such as "{PREFIX}birth_date"')
    return register


def _is_fact(name: str) -> bool:
    return is_name(name) and name.startswith(PREFIX)


def _called(function: Function) -> tuple[str, str]:
    """Where a function is written: a module that is loaded anew registers the same ones again."""
    return function.__module__, function.__qualname__
