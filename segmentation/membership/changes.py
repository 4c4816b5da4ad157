"""From "this row changed" to the people concerned, and their segments answered at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from segmentation.conf import conf
from segmentation.membership.live import evaluate_live
from segmentation.models import Profile
from segmentation.models.batch import batches
from segmentation.profiles import guest_key, user_key
from segmentation.profiles.identity import is_named
from segmentation.profiles.sync import sync_few
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


def _follow(source: ShopSource, notices: Iterable[Notice], now: datetime) -> None:
    rows: dict[str, set[str]] = {}
    for relation, key in notices:
        rows.setdefault(relation, set()).add(key)
    customers: set[Any] = set()
    emails: set[str] = set()
    for relation, keys in rows.items():
        found = _known(keys) if relation == PROFILE else owners(source, relation, keys)
        customers |= found[0]
        emails |= found[1]
    evaluate_live(sync_few(customers, emails, now=now, source=source), now=now)


def owners(source: ShopSource, relation: str, keys: Collection[Any]) -> tuple[set[Any], set[str]]:
    """(customer ids, e-mails of guests) who own these rows, by primary key; products belong to nobody.

    A row that the source leaves out has an owner too: an order that was just cancelled concerns whoever placed it.
    """
    mapped = source.relations[relation]
    where: Where = {"pk": keys}
    if relation == CUSTOMERS:
        return {customer for (customer,) in _rows(source, mapped, [mapped.key], where) if is_named(customer)}, set()
    while mapped.parent:  # a line is whose its order or cart is
        above, column = mapped.parent
        named = {key for (key,) in _rows(source, mapped, [column], where) if is_named(key)}
        mapped = source.relations[above]
        where = {mapped.key: named}
    return _owners(source, mapped, where)


def keys_of_owners(source: ShopSource, relation: str, keys: Collection[Any]) -> list[Notice]:
    """The people behind rows that are about to go, as notices that need no row."""
    customers, emails = owners(source, relation, keys)
    return [(PROFILE, key) for key in (*map(user_key, customers), *map(guest_key, emails))]


def _owners(source: ShopSource, mapped: Relation, where: Where) -> tuple[set[Any], set[str]]:
    customers: set[Any] = set()
    emails: set[str] = set()
    for row in _rows(source, mapped, mapped.owners, where) if mapped.owners else ():
        named = dict(zip(mapped.owners, row, strict=True))
        if is_named(named.get("customer")):
            customers.add(named["customer"])
        elif named.get("email"):
            emails.add(named["email"])
    return customers, emails


def _rows(source: ShopSource, mapped: Relation, names: Sequence[str], where: Where) -> Iterator[Row]:
    """From where the shop writes, of all rows of the model where that is possible."""
    whole = mapped.unfiltered([*names, *where], source.write_alias)
    return chain.from_iterable(whole.read(names, using=source.write_alias, where=where))


def _known(keys: Collection[str]) -> tuple[set[Any], set[str]]:
    people = list(Profile.objects.filter(shop=conf.shop, key__in=keys).values_list("customer_id", "email"))
    return {customer for customer, _ in people if customer}, {email for _, email in people if email}
