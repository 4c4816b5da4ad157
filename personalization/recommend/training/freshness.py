"""What changes between trainings: what is popular, what stands on the shelves, and a customer's list after an order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import router, transaction

from personalization.conf import conf
from personalization.models import RecommendationList, RecommenderVersion
from personalization.recommend.keys import person_key, product_key
from personalization.recommend.listed import Lists, unpacked
from personalization.recommend.lists import forget_lists, write_lists
from personalization.recommend.product import read_products
from personalization.recommend.training.popularity import Popularity, popular_rows
from personalization.recommend.training.queries import query_rows
from personalization.recommend.training.rescoring import rescored
from personalization.recommend.training.shelves import shelf_rows
from personalization.recommend.training.watching import watch_products
from segmentation.models.batch import batches
from segmentation.sources import active_source
from segmentation.store import read_purchases

__all__ = ["active_version", "refresh_people", "refresh_popularity", "watch_products"]

FEW = 100
"""People whose lists are made together."""


def active_version() -> RecommenderVersion | None:
    """The one that is served."""
    return RecommenderVersion.objects.filter(shop=conf.shop, state=RecommenderVersion.State.ACTIVE).defer("card").first()


def refresh_popularity(*, now: datetime) -> None:
    """Popular lists, of everyone, countries and segments, and shelves of the active version, made anew; nothing without one."""
    version = active_version()
    if version is None:
        return
    purchases = read_purchases(active_source())
    popularity = Popularity(purchases, int(now.timestamp()))
    write_lists(version, popular_rows(purchases, popularity))
    write_lists(version, shelf_rows(read_products(), popularity.scores, now=now))
    write_lists(version, query_rows(now=now))
    RecommenderVersion.objects.filter(pk=version.pk).update(popular_at=now)


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
    before = _rows(version, [person_key(key) for key in keys])
    tables = _rows(version, [product_key(product) for product in purchases.products])
    made = dict(rescored(purchases, before, tables, now=int(now.timestamp())))
    write_lists(version, ((person_key(key), lists) for key, lists in made.items()))
    gone = [person_key(key) for key in keys if key not in made and person_key(key) in before]
    if gone:
        with transaction.atomic(using=router.db_for_write(RecommendationList)):
            RecommendationList.objects.filter(version=version, key__in=gone).delete()
            forget_lists(gone)


def _rows(version: RecommenderVersion, keys: Sequence[str]) -> dict[str, Lists]:
    """Rows as the database has them, by key; a query for each 500."""
    found: dict[str, Lists] = {}
    for few in batches(keys):
        rows = RecommendationList.objects.filter(version=version, key__in=few).values_list("key", "packed")
        found |= {key: unpacked(text) for key, text in rows}
    return found
