"""What people looked at, or put into the cart or on the wishlist, once they had searched for something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from personalization.conf import conf
from personalization.recommend.keys import query_key
from personalization.recommend.listed import LISTED, Listed, Lists, Part
from segmentation.activity.kinds import Kind
from segmentation.models import Activity

LEAST_PEOPLE = 5
"""So many people must have searched for it and then taken the same product, so that a list tells of none of them."""

READ = timedelta(days=180)
AFTER = timedelta(minutes=30)
"""What somebody looks at this long after a search is because of it, unless they search again."""

WEIGHTS = {Kind.VIEW.value: 1.0, Kind.ADD_TO_WISHLIST.value: 2.0, Kind.ADD_TO_CART.value: 3.0}
"""Kinds of activity that say that a product was meant, and how loudly."""


class Deed(NamedTuple):
    """Something that a person did: searched, or took a product."""

    person: str
    at: datetime
    kind: str
    query: str
    product: str


def query_rows(*, now: datetime) -> Iterator[tuple[str, Lists]]:
    """A row for each search after which enough people took the same products; one query."""
    for key, taken in _taken(_deeds(now)).items():
        counted = {product: sum(people.values()) for product, people in taken.items() if len(people) >= LEAST_PEOPLE}
        best = sorted(counted, key=lambda product: (-counted[product], product))[:LISTED]
        if best:
            yield key, {Part.ITEMS: [Listed(product, counted[product]) for product in best]}


def _deeds(now: datetime) -> Iterator[Deed]:
    """By person and time."""
    rows = Activity.objects.filter(shop=conf.shop, kind__in=[Kind.SEARCH, *WEIGHTS], at__gt=now - READ, at__lte=now)
    ordered = rows.order_by("customer", "visitor", "at", "pk").values_list(
        "customer", "visitor", "at", "kind", "query", "product_id"
    )
    for customer, visitor, at, kind, query, product in ordered.iterator():
        yield Deed(f"user:{customer}" if customer else f"visitor:{visitor}", at, kind, query, product)


def _taken(deeds: Iterable[Deed]) -> dict[str, dict[str, dict[str, float]]]:
    """Key of the search -> product -> person -> how loudly."""
    taken: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    searched: Deed | None = None
    for deed in deeds:
        if deed.kind == Kind.SEARCH:
            searched = deed if deed.query.strip() else None
        elif searched and searched.person == deed.person and deed.at - searched.at <= AFTER and deed.product:
            people = taken[query_key(searched.query)][deed.product]
            people[deed.person] = max(people.get(deed.person, 0.0), WEIGHTS[deed.kind])
    return taken
