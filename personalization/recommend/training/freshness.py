"""What changes between trainings: what is popular, what stands on the shelves, and a customer's list after an order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import router, transaction
from django.db.models import Q

from personalization.conf import conf
from personalization.models import RecommendationList, RecommenderVersion
from personalization.recommend.keys import COUNTRY, EVERYONE, QUERY, SEGMENT, person_key, product_key
from personalization.recommend.learning.rescore import Bought, rescore
from personalization.recommend.listed import Lists, Part, unpacked
from personalization.recommend.lists import forget_lists, write_lists
from personalization.recommend.product import read_products
from personalization.recommend.training.popularity import Popularity, popular_rows
from personalization.recommend.training.queries import query_rows
from personalization.recommend.training.reading import as_of
from personalization.recommend.training.shelves import shelf_rows
from personalization.recommend.training.watching import watch_products
from segmentation.models.batch import batches
from segmentation.sources import active_source
from segmentation.store import Purchases, read_purchases

__all__ = ["active_version", "refresh_people", "refresh_popularity", "watch_products"]

HEARD = 200
"""Products of a person, the last ones bought, whose neighbours may be new to her."""

FEW = 100
"""People whose lists are made together."""


def active_version() -> RecommenderVersion | None:
    """The one that is served."""
    return RecommenderVersion.objects.filter(shop=conf.shop, state=RecommenderVersion.State.ACTIVE).first()


def _settings(version: RecommenderVersion) -> Mapping[str, Mapping[str, Any]]:
    """What was chosen for it, by task."""
    settings: Mapping[str, Mapping[str, Any]] = version.card.get("choice", {}).get("settings", {})
    return settings


def refresh_popularity(*, now: datetime) -> RecommenderVersion | None:
    """Popular lists, of everyone, countries and segments, and shelves of the active version, made anew; None without one."""
    version = active_version()
    purchases = read_purchases(active_source()) if version else None
    if version is None or not purchases:
        return version
    popularity = Popularity(purchases, as_of(purchases, now), _settings(version).get("next", {}).get("trending"))
    had = _groups(version)
    written: set[str] = set()
    write_lists(version, _noted(popular_rows(purchases, popularity), written))
    write_lists(version, shelf_rows(read_products(), popularity.scores, now=now))
    write_lists(version, _noted(query_rows(now=now), written))
    # Countries, segments and searches of which too few people are left to be spoken of.
    for some in batches(sorted(had - written)):
        with transaction.atomic(using=router.db_for_write(RecommendationList)):
            RecommendationList.objects.filter(version=version, key__in=some).delete()
            forget_lists(some)
    RecommenderVersion.objects.filter(pk=version.pk).update(popular_at=now)
    return version


def _groups(version: RecommenderVersion) -> set[str]:
    """Keys of rows that need enough people behind them."""
    asked = Q(key__startswith=COUNTRY) | Q(key__startswith=SEGMENT) | Q(key__startswith=QUERY)
    return set(RecommendationList.objects.filter(asked, version=version).values_list("key", flat=True))


def _noted(rows: Iterable[tuple[str, Lists]], keys: set[str]) -> Iterator[tuple[str, Lists]]:
    """The rows, whose keys are added to the set as they pass."""
    for key, lists in rows:
        keys.add(key)
        yield key, lists


def refresh_people(keys: Collection[str], *, now: datetime) -> None:
    """The lists of these people (profile keys) by the active version, after they ordered; in a bounded number of queries.

    Whoever has bought nothing that may be learned from has no lists any more. Nothing without an active version.
    """
    version = active_version()
    if version is None:
        return
    for few in batches(sorted(set(keys)), FEW):
        _refresh(version, few, now)


def _refresh(version: RecommenderVersion, keys: Sequence[str], now: datetime) -> None:
    purchases = read_purchases(active_source(), keys)
    heard = _last_products(purchases)
    rows = _rows(version, [EVERYONE, *map(product_key, heard)])
    neighbours = {product: rows[key] for product in heard if (key := product_key(product)) in rows}
    popular = rows.get(EVERYONE, {}).get(Part.TRENDING, ())
    made = {
        person_key(key): rescore(history, neighbours, popular, now=int(now.timestamp()), settings=_settings(version))
        for key, history in _histories(purchases)
    }
    write_lists(version, made.items())
    gone = [name for key in keys if (name := person_key(key)) not in made]
    if gone:
        with transaction.atomic(using=router.db_for_write(RecommendationList)):
            # Of the other versions too: nobody who refused is to come back with an older one.
            RecommendationList.objects.filter(version__shop=version.shop, key__in=gone).delete()
            forget_lists(gone)


def _last_products(purchases: Purchases) -> set[str]:
    """Those that each person bought last; who has bought thousands is not kept waiting for the neighbours of each."""
    found: set[str] = set()
    for person in range(len(purchases.keys)):
        products = purchases.product[purchases.person == person][::-1].tolist()
        found.update(purchases.products[product] for product in list(dict.fromkeys(products))[:HEARD])
    return found


def _histories(purchases: Purchases) -> Iterator[tuple[str, list[Bought]]]:
    """Profile key -> all lines of the person's orders."""
    lines: list[list[Bought]] = [[] for _ in purchases.keys]
    columns = (purchases.person, purchases.product, purchases.times, purchases.quantity, purchases.order)
    for person, product, at, quantity, order in zip(*(column.tolist() for column in columns), strict=True):
        lines[person].append(Bought(purchases.products[product], at, quantity, str(order)))
    yield from zip(purchases.keys, lines, strict=True)


def _rows(version: RecommenderVersion, keys: Sequence[str]) -> dict[str, Lists]:
    """Rows as the database has them, by key; a query for each 500."""
    found: dict[str, Lists] = {}
    for few in batches(keys):
        rows = RecommendationList.objects.filter(version=version, key__in=few).values_list("key", "packed")
        found |= {key: unpacked(text) for key, text in rows}
    return found
