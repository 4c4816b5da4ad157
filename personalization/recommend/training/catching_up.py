"""What a version that is served from now on has not seen: orders placed since it began to learn."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import F

from personalization.models import RecommenderVersion
from personalization.recommend.training import wants
from personalization.recommend.training.freshness import refresh_people
from segmentation.profiles import guest_key, user_key
from segmentation.profiles.identity import is_named
from segmentation.sources import active_source

log = logging.getLogger(__name__)


def catch_up(version: RecommenderVersion, *, now: datetime) -> None:
    """Lists of whoever ordered since it began to learn, and the scores of who might want a product.

    What goes wrong is logged: the version is served all the same, and each order makes its customer's lists anew.
    """
    try:
        refresh_people(buyers_since(version.started_at), now=now)
        wants.refresh(now=now)
    except Exception:  # the shop's code and database, of any kind
        log.exception("version %d is served without the orders placed since it began to learn", version.number)


def buyers_since(moment: datetime) -> set[str]:
    """Profile keys of whoever placed an order at the moment or later, in one query; nobody where the database cannot tell.

    Raises SourceError where the shop cannot be asked.
    """
    orders = active_source().relations["orders"]
    placed = orders.columns.get("placed_at")
    if placed is None or placed.is_callable:
        return set()
    asked = F(placed.value) if isinstance(placed.value, str) else placed.value
    late = orders.replace(orders.queryset().alias(regulars_placed=asked).filter(regulars_placed__gte=moment))
    rows = (dict(zip(late.owners, row, strict=True)) for chunk in late.read(late.owners) for row in chunk)
    return {key for row in rows if (key := _buyer(row))}


def _buyer(row: dict[str, object]) -> str:
    """By the first name that the order has; "" where it has none."""
    customer, email = row.get("customer"), row.get("email")
    if is_named(customer):
        return user_key(customer)
    return guest_key(str(email)) if email else ""
