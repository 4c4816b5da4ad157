"""The customers of one pass, numbered 0 … n - 1; nothing outside the store sees these numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from segmentation.models import Profile
from segmentation.profiles.identity import is_named
from segmentation.sources.emails import fold_email

NOBODY = -1


@dataclass(frozen=True)
class People:
    """Profiles by dense index with their keys, and how the shop's rows name them."""

    profiles: NDArray[np.int64]
    by_customer: Mapping[str, int]
    by_email: dict[str, int] = field(default_factory=dict)
    keys: Sequence[str] = ()

    @classmethod
    def of(cls, profiles: Iterable[tuple[int, str, str, str, str]]) -> People:
        """From (profile id, kind, customer id, e-mail, key)."""
        found = sorted(profiles)
        ids = np.array([pk for pk, *_ in found], np.int64)
        customers = {customer: index for index, (_, kind, customer, *_) in enumerate(found) if kind == Profile.Kind.USER}
        guests = {email: index for index, (_, kind, _, email, _) in enumerate(found) if kind == Profile.Kind.GUEST and email}
        return cls(ids, customers, guests, [key for *_, key in found])

    @classmethod
    def everyone(cls, shop: str) -> People:
        """All users and guests whom the shop still knows: the base of every share and ranking."""
        return cls.of(Profile.objects.people(shop).values_list("pk", "kind", "customer_id", "email", "key"))

    @property
    def size(self) -> int:
        """How many."""
        return len(self.profiles)

    def owners(self, customers: Sequence[object], emails: Sequence[str | None]) -> NDArray[np.int32]:
        """Index of each row's person, by customer if the row has one, else by e-mail; NOBODY if we know no such person."""
        pairs = zip(customers, emails, strict=True)
        return np.array([self._owner(customer, email) for customer, email in pairs], np.int32)

    def _owner(self, customer: object, email: str | None) -> int:
        if is_named(customer):
            return self.by_customer.get(str(customer), NOBODY)
        return self.by_email.get(fold_email(email), NOBODY) if email else NOBODY
