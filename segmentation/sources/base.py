"""The shop source: one subclass a shop, its relations as class attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from django.db import router

from segmentation.errors import SourceError
from segmentation.sources.problems import ProblemCode, SourceProblem
from segmentation.sources.recorded import recorded_activity
from segmentation.sources.relation import Relation
from segmentation.sources.union import UnitedEvents

UNIONS: Mapping[str, Callable[[Mapping[str, Any]], Relation]] = {UnitedEvents.name: UnitedEvents}
"""Relations that may be declared more than once -> what they are together."""


class ShopSource:
    """Where a shop keeps its customers, orders and the rest.

    Attributes that are relations are collected, also from base classes; each is known by its class ("orders"),
    whatever its attribute is called. An attribute set to None leaves out what a base class has. Instances keep
    nothing, so make as many as you like.
    """

    guests_join_accounts: bool = False
    """Whether a guest's orders belong to the account with the same e-mail, though nobody verified the address."""

    activity: ClassVar[Relation | None] = recorded_activity()
    """What we record ourselves: events, beside those of the shop. None leaves it out."""

    relations: ClassVar[dict[str, Relation]] = {}
    """Name of the relation -> relation, in declared order; of two of one class, the first, and several Events together."""

    _declared: ClassVar[dict[str, Relation]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        merged: dict[str, Any] = {}
        for base in reversed(cls.__mro__):
            merged.update(vars(base))
        merged["activity"] = merged.pop("activity")  # last, since of what several have, the first says what it is called
        cls._declared = {attribute: value for attribute, value in merged.items() if isinstance(value, Relation)}
        cls.relations = {name: _together(name, parts) for name, parts in cls._by_name().items()}

    @classmethod
    def _by_name(cls) -> dict[str, dict[str, Relation]]:
        """Name of the relation -> attribute -> what is declared there."""
        found: dict[str, dict[str, Relation]] = {}
        for attribute, relation in cls._declared.items():
            found.setdefault(relation.name, {})[attribute] = relation
        return found

    def problems(self) -> list[SourceProblem]:
        """Everything wrong with the source and its relations; reads no row and raises nothing."""
        own = [*self._missing(), *self._repeated()]
        return own + [problem for relation in self._checked() for problem in relation.problems()]

    @property
    def read_alias(self) -> str:
        """The database that the shop is read from in bulk, unless a setting names another."""
        return router.db_for_read(self.relations["customers"].model)

    @property
    def write_alias(self) -> str:
        """The database that the shop writes to: what just happened is read there, not from a replica."""
        return router.db_for_write(self.relations["customers"].model)

    def demand_sound(self) -> None:
        """Raise SourceError unless every row can be given its owner, time and currency; a fact less is no obstacle.

        Whoever reads the whole shop asks this first: without it, an e-mail column that stopped working would look like
        a shop whose guests are all gone.
        """
        frames = {relation.name: {"", *relation.frame} for relation in self._declared.values()}
        fatal = [problem for problem in self.problems() if problem.column in frames.get(problem.relation, {""})]
        if fatal:
            raise SourceError("; ".join(map(str, fatal)))

    def _checked(self) -> Iterator[Relation]:
        for name, parts in self._by_name().items():
            yield from [self.relations[name]] if name in UNIONS else parts.values()

    def _missing(self) -> list[SourceProblem]:
        needed = {"customers": "every shop has them"}
        for relation in self.relations.values():
            if relation.time_of:
                needed.setdefault(relation.time_of, f"{relation.name} takes its times from there")
        return [
            SourceProblem(ProblemCode.RELATION, name, "", f"is missing; {reason}", "Add the relation to your ShopSource.")
            for name, reason in needed.items()
            if name not in self.relations
        ]

    def _repeated(self) -> list[SourceProblem]:
        return [
            SourceProblem(ProblemCode.RELATION, name, "", f"is declared more than once: {', '.join(parts)}", "Keep one.")
            for name, parts in self._by_name().items()
            if len(parts) > 1 and name not in UNIONS
        ]


def _together(name: str, parts: Mapping[str, Relation]) -> Relation:
    if len(parts) > 1 and name in UNIONS:
        return UNIONS[name](parts)
    return next(iter(parts.values()))
