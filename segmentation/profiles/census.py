"""Whom the shop source knows: customers by id, guests by e-mail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from segmentation.profiles.identity import is_named, nameable
from segmentation.sources import Relation, ShopSource
from segmentation.sources.emails import fold_email

MOST_CHARACTERS = 320


@dataclass(frozen=True, slots=True)
class Census:
    """Customer ids as text, and folded e-mails of guests."""

    customers: frozenset[str]
    guests: frozenset[str]


def take_census(source: ShopSource, using: str | None = None) -> Census:
    """Everybody. Raises SourceError if the shop cannot be read to the end, or its source cannot say whose its rows are."""
    source.demand_sound()
    customers, accounts = _customers(source, using)
    guests = {email for relation in _guest_relations(source) for email in _guests(relation, using)}
    return Census(frozenset(customers), frozenset(guests - accounts))


def look_up(source: ShopSource, customers: Collection[object], emails: Collection[str]) -> Census:
    """Who of these the shop still knows, as it is this moment. Raises SourceError as `take_census` does."""
    source.demand_sound()
    using = source.write_alias
    known = (
        _ids(source.relations["customers"].read(["customer_id"], using=using, where={"customer_id": customers}))
        if customers
        else set()
    )
    wanted = {fold_email(email) for email in emails} - {""}
    guests: set[str] = set()
    for relation in _guest_relations(source) if wanted else ():
        guests |= set(_guests(relation, using, wanted))
    if guests and source.guests_join_accounts:
        guests -= accounts_with(source, guests).keys()
    return Census(frozenset(known), frozenset(guests))


def accounts_with(source: ShopSource, emails: Collection[str]) -> dict[str, str]:
    """Folded e-mail -> customer id of the account that has it."""
    return first_accounts(_addresses(source, {"email": emails}))


def first_accounts(addresses: Iterable[tuple[object, str | None]]) -> dict[str, str]:
    """Folded e-mail -> customer id, of (customer id, e-mail).

    Nothing says which of several accounts with one e-mail a guest is: it is the one with the first id, so that whoever
    asks finds the same.
    """
    named = [(str(customer), fold_email(email)) for customer, email in addresses if customer is not None and email]
    latest_first = sorted(named, key=lambda pair: (len(pair[0]), pair[0]), reverse=True)
    return {email: customer for customer, email in latest_first if email}


def joined(source: ShopSource, customers: Collection[object], emails: Collection[str]) -> tuple[set[str], set[str]]:
    """(customer ids, e-mails): these people and whom they are joined to, accounts with an e-mail, guests with an account's."""
    known, named = set(nameable(customers)), {fold_email(email) for email in emails} - {""}
    if source.guests_join_accounts:
        named |= {fold_email(email) for _, email in _addresses(source, {"customer_id": known}) if email} - {""}
        known |= {str(customer) for customer, _ in _addresses(source, {"email": named}) if customer is not None}
    return known, named


def _addresses(source: ShopSource, where: Mapping[str, Collection[object]]) -> Iterator[tuple[object, str | None]]:
    """(customer id, e-mail) of accounts."""
    relation = source.relations["customers"]
    if "email" in relation.columns:
        for chunk in relation.read(["customer_id", "email"], using=source.write_alias, where=where):
            yield from ((customer, email) for customer, email in chunk)


def _customers(source: ShopSource, using: str | None) -> tuple[set[str], set[str]]:
    """Customer ids, and the e-mails whose guests are these customers too."""
    relation = source.relations["customers"]
    if not source.guests_join_accounts or "email" not in relation.columns:
        return _ids(relation.read(["customer_id"], using=using)), set()
    rows = [row for chunk in relation.read(["customer_id", "email"], using=using) for row in chunk]
    return set(nameable([customer for customer, _ in rows if customer is not None])), {
        fold_email(email) for _, email in rows if email
    }


def _ids(chunks: Iterator[list[tuple[object, ...]]]) -> set[str]:
    return set(nameable([customer for chunk in chunks for (customer,) in chunk if customer is not None]))


def _guest_relations(source: ShopSource) -> list[Relation]:
    """Relations whose rows may be a guest's."""
    return [relation for relation in source.relations.values() if "email" in relation.owners]


def _guests(relation: Relation, using: str | None, emails: Collection[str] | None = None) -> Iterator[str]:
    """Folded e-mails of the rows that no customer owns."""
    names = ["customer", "email"] if "customer" in relation.columns else ["email", "email"]
    where = None if emails is None else {"email": emails}
    nobody = "customer" not in relation.columns
    for chunk in relation.read(names, using=using, where=where):
        for customer, email in chunk:
            folded = fold_email(email) if email else ""
            if (nobody or not is_named(customer)) and folded and len(folded) <= MOST_CHARACTERS:
                yield folded
