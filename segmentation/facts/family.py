"""Families of facts: what sort of knowledge a fact is, so that an owner finds it among many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise


class Family(StrEnum):
    """The families, in the order in which they are shown."""

    DEMOGRAPHIC = "demographic"
    GEOGRAPHIC = "geographic"
    PSYCHOGRAPHIC = "psychographic"
    BEHAVIOURAL = "behavioural"
    NEEDS = "needs"
    VALUE = "value"
    TECHNOGRAPHIC = "technographic"
    PREDICTIVE = "predictive"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Words:
    """What a column is called and what it means. `above` is its name for the rows below, where "order …" would not do."""

    label: str | Promise
    help: str | Promise = ""
    above: str | Promise = ""


@dataclass(frozen=True)
class FamilyWords:
    """A family: what it is called, what belongs to it, and the canonical columns that do, by full name ("orders.total").

    Columns of customers are called as rules call them: "customer.country".
    """

    family: Family
    label: str | Promise
    help: str | Promise
    columns: Mapping[str, Words] = field(default_factory=dict)
