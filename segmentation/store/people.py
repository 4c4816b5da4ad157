"""The people of one pass, numbered 0 … n - 1; nothing outside the store sees these numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from segmentation.models import Profile
from segmentation.profiles.identity import is_named
from segmentation.sources.emails import fold_email

NOBODY = -1

FEW = 1000
"""So many people or fewer are looked up by name, more are picked out of everybody."""


class Person(NamedTuple):
    """What a pass reads of a profile, by the names of its fields; one that is merged is read for its names alone."""

    pk: int
    kind: str
    key: str
    customer_id: str = ""
    email: str = ""
    visitor_id: str = ""
    first_key: str = ""
    profiling: bool | None = None
    merged_into: int | None = None

    @classmethod
    def of(cls, profile: Profile) -> Person:
        """Of a profile at hand."""
        *names, merged_into = cls._fields
        return cls._make([*(getattr(profile, name) for name in names), getattr(profile, f"{merged_into}_id")])


@dataclass(frozen=True)
class People:
    """Profiles by dense index with what is known of each, and how the shop's rows name them.

    A name is a person's own or that of a profile which was merged into hers. `counted` leaves out visitors, `agreed` those
    who did not say yes to profiling. Stable shares go by `keys`.
    """

    profiles: NDArray[np.int64]
    counted: NDArray[np.bool_]
    agreed: NDArray[np.bool_]
    keys: Sequence[str]
    by_customer: Mapping[str, int] = field(default_factory=dict)
    by_email: dict[str, int] = field(default_factory=dict)
    by_visitor: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, profiles: Iterable[Person]) -> People:
        """Those of the profiles that are nobody else; rows of the others are theirs."""
        found = sorted(profiles)
        people = [person for person in found if person.merged_into is None]
        index = {person.pk: place for place, person in enumerate(people)}
        places = [index.get(person.merged_into or person.pk, NOBODY) for person in found]
        return cls(
            profiles=np.array([person.pk for person in people], np.int64),
            counted=np.array([person.kind != Profile.Kind.VISITOR for person in people], np.bool_),
            agreed=np.array([person.profiling is True for person in people], np.bool_),
            keys=[person.first_key or person.key for person in people],
            by_customer=_named(Profile.Kind.USER, "customer_id", found, places),
            by_email=_named(Profile.Kind.GUEST, "email", found, places),
            by_visitor=_named(Profile.Kind.VISITOR, "visitor_id", found, places),
        )

    @classmethod
    def everyone(cls, shop: str) -> People:
        """All whom the shop still knows, and visitors: those who are evaluated."""
        return cls.of(read_people(Profile.objects.with_merged(shop)))

    @classmethod
    def these(cls, profiles: Iterable[Profile]) -> People:
        """A few who are present, with the names of those who were merged into them, which takes a query."""
        people = list(map(Person.of, profiles))
        parts = Profile.objects.filter(merged_into__in=[person.pk for person in people])
        return cls.of([*people, *(read_people(parts) if people else ())])

    @property
    def size(self) -> int:
        """How many, visitors among them."""
        return len(self.profiles)

    @property
    def number(self) -> int:
        """How many are counted: the base of every share."""
        return int(self.counted.sum())

    def rows_of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows with a `profile`, those of these people; where they are many, everybody's."""
        return rows.filter(profile__in=self.profiles.tolist()) if self.size <= FEW else rows

    def places(self, profiles: Sequence[int]) -> NDArray[np.int64]:
        """The dense index of each profile, NOBODY for those who are not among the people."""
        wanted = np.array(profiles, np.int64)
        if not self.size:
            return np.full(len(wanted), NOBODY, np.int64)
        places = np.minimum(np.searchsorted(self.profiles, wanted), self.size - 1)
        return np.where(self.profiles[places] == wanted, places, NOBODY)

    def owners(self, customers: Sequence[object], emails: Sequence[str | None], visitors: Sequence[object]) -> NDArray[np.int32]:
        """Index of each row's person, by the first name that the row has: customer, e-mail, visitor.

        NOBODY if we know no such person.
        """
        return np.array(list(map(self._owner, customers, emails, visitors)), np.int32)

    def _owner(self, customer: object, email: str | None, visitor: object) -> int:
        if is_named(customer):
            return self.by_customer.get(str(customer), NOBODY)
        if email:
            return self.by_email.get(fold_email(email), NOBODY)
        return self.by_visitor.get(str(visitor), NOBODY) if is_named(visitor) else NOBODY


def read_people(profiles: Any) -> list[Person]:
    """A queryset of profiles as persons, in one query."""
    return [Person._make(row) for row in profiles.values_list(*Person._fields)]


def _named(kind: str, name: str, profiles: Sequence[Person], places: Sequence[int]) -> dict[str, int]:
    """Name -> index, of the profiles of a kind that have one and are somebody."""
    return {
        getattr(person, name): place
        for person, place in zip(profiles, places, strict=True)
        if person.kind == kind and getattr(person, name) and place != NOBODY
    }
