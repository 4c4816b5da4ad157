"""From "this row changed" to the people concerned, and their segments answered at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from segmentation.conf import conf
from segmentation.membership.live import evaluate_live
from segmentation.models import Profile
from segmentation.models.batch import batches
from segmentation.profiles import guest_key, user_key
from segmentation.profiles.identity import is_named
from segmentation.profiles.sync import sync_few
from segmentation.sources import Relation, ShopSource, active_source

Notice = tuple[str, str]
"""(relation, primary key) of a row that was saved, or ("profile", key) of a person whose row is about to go; fit for a queue."""

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
    if relation == "customers":
        rows = _unfiltered(source, mapped, ["customer_id"]).read(["customer_id"], using=source.write_alias, where={"pk": keys})
        return {customer for chunk in rows for (customer,) in chunk if is_named(customer)}, set()
    if mapped.time_of:
        rows = _unfiltered(source, mapped, ["order_id"]).read(["order_id"], using=source.write_alias, where={"pk": keys})
        return _owners(source, mapped.time_of, {"order_id": {order for chunk in rows for (order,) in chunk if is_named(order)}})
    return _owners(source, relation, {"pk": keys})


def keys_of_owners(source: ShopSource, relation: str, keys: Collection[Any]) -> list[Notice]:
    """The people behind rows that are about to go, as notices that need no row."""
    customers, emails = owners(source, relation, keys)
    return [(PROFILE, key) for key in (*map(user_key, customers), *map(guest_key, emails))]


def _owners(source: ShopSource, relation: str, where: dict[str, Collection[Any]]) -> tuple[set[Any], set[str]]:
    mapped = source.relations[relation]
    names = [name for name in ("customer", "email") if name in mapped.columns]
    if not names or not all(where.values()):
        return set(), set()
    customers: set[Any] = set()
    emails: set[str] = set()
    for chunk in _unfiltered(source, mapped, [*names, *where]).read(names, using=source.write_alias, where=where):
        for row in chunk:
            named = dict(zip(names, row, strict=True))
            if is_named(named.get("customer")):
                customers.add(named["customer"])
            elif named.get("email"):
                emails.add(named["email"])
    return customers, emails


def _unfiltered(source: ShopSource, relation: Relation, names: Collection[str]) -> Relation:
    """The relation over all rows of its model, if these columns can be read without what the shop's queryset adds."""
    columns = {name: None for name in relation.columns if name not in names}
    whole = relation.replace(relation.model._base_manager.using(source.write_alias), **columns)
    return whole if whole.columns.keys() >= set(names) - {"pk"} else relation


def _known(keys: Collection[str]) -> tuple[set[Any], set[str]]:
    people = list(Profile.objects.filter(shop=conf.shop, key__in=keys).values_list("customer_id", "email"))
    return {customer for customer, _ in people if customer}, {email for _, email in people if email}
