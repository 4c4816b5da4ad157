"""From "this row changed" to the people concerned, and their segments answered at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from segmentation.conf import conf
from segmentation.membership.live import evaluate_live
from segmentation.models import Profile
from segmentation.models.batch import batches
from segmentation.profiles import guest_key, user_key, visitor_key
from segmentation.profiles.identity import is_named
from segmentation.profiles.sync import sync_few
from segmentation.signals import people_changed
from segmentation.sources import Relation, ShopSource, active_source
from segmentation.sources.reading import Row

Notice = tuple[str, str]
"""(relation, primary key) of a row that was saved, or ("profile", key) of a person whose row is about to go; fit for a queue."""

Where = Mapping[str, Collection[Any]]

CUSTOMERS = "customers"
"""The relation whose rows are people."""
PROFILE = "profile"


def follow(notices: Iterable[Notice], *, now: datetime) -> None:
    """Bring the people whom the notices concern, and their memberships, in step with the shop.

    Raises SourceError if the shop cannot be read. Idempotent: the same notice twice changes nothing more.
    """
    source = active_source()
    failed: list[Exception] = []
    for batch in batches(list(dict.fromkeys(notices))):
        try:
            _follow(source, batch, now)
        except Exception as error:  # the others are not to wait for the next refresh because of these
            failed.append(error)
    if failed:
        raise failed[0]


class Owners(NamedTuple):
    """Who is concerned: customers by id, guests by e-mail, visitors by the id in their cookie."""

    customers: set[Any]
    emails: set[str]
    visitors: set[str]

    @classmethod
    def none(cls) -> Owners:
        """Nobody."""
        return cls(set(), set(), set())

    def add(self, row: Mapping[str, Any]) -> None:
        """Whoever the row names by `OWNERS`: the first of them that has a value."""
        if is_named(row.get("customer")):
            self.customers.add(row["customer"])
        elif row.get("email"):
            self.emails.add(row["email"])
        elif is_named(row.get("visitor")):
            self.visitors.add(str(row["visitor"]))


def _follow(source: ShopSource, notices: Iterable[Notice], now: datetime) -> None:
    rows: dict[str, set[str]] = {}
    for relation, key in notices:
        rows.setdefault(relation, set()).add(key)
    all_owners = Owners.none()
    for relation, keys in rows.items():
        found = _known(keys) if relation == PROFILE else owners(source, relation, keys)
        for together, these in zip(all_owners, found, strict=True):
            together |= these
    profiles = sync_few(*all_owners, now=now, source=source)
    evaluate_live(profiles, now=now)
    if profiles:
        people_changed.send_robust(Profile, profiles=profiles, relations=frozenset(rows), at=now)


def owners(source: ShopSource, relation: str, keys: Collection[Any]) -> Owners:
    """Who owns these rows, by primary key; products belong to nobody.

    A row that the source leaves out has an owner too: an order that was just cancelled concerns whoever placed it.
    """
    mapped = source.relations[relation]
    where: Where = {"pk": keys}
    if relation == CUSTOMERS:
        customers = {customer for (customer,) in _rows(source, mapped, [mapped.key], where) if is_named(customer)}
        return Owners(customers, set(), set())
    while mapped.parent:  # a line is whose its order or cart is
        above, column = mapped.parent
        named = {key for (key,) in _rows(source, mapped, [column], where) if is_named(key)}
        mapped = source.relations[above]
        where = {mapped.key: named}
    found = Owners.none()
    for row in _rows(source, mapped, mapped.owners, where) if mapped.owners else ():
        found.add(dict(zip(mapped.owners, row, strict=True)))
    return found


def keys_of_owners(source: ShopSource, relation: str, keys: Collection[Any]) -> list[Notice]:
    """The people behind rows that are about to go, as notices that need no row."""
    customers, emails, visitors = owners(source, relation, keys)
    named = (*map(user_key, customers), *map(guest_key, emails), *map(visitor_key, visitors))
    return [(PROFILE, key) for key in named]


def _rows(source: ShopSource, mapped: Relation, names: Sequence[str], where: Where) -> Iterator[Row]:
    """From where the shop writes, of all rows of the model where that is possible."""
    whole = mapped.unfiltered([*names, *where], source.write_alias)
    return chain.from_iterable(whole.read(names, using=source.write_alias, where=where))


def _known(keys: Collection[str]) -> Owners:
    found = Owners.none()
    people = Profile.objects.filter(shop=conf.shop, key__in=keys)
    for customer, email, visitor in people.values_list("customer_id", "email", "visitor_id"):
        found.add({"customer": customer, "email": email, "visitor": visitor})
    return found
