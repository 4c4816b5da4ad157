"""Which version is served."""

from __future__ import annotations

from datetime import datetime

from django.db import router, transaction
from django.utils.translation import gettext as _

from personalization.models import RecommenderVersion
from personalization.recommend.lists import forget_lists
from personalization.recommend.training.pruning import prune
from segmentation.models.lock import locked

__all__ = ["SWITCHABLE", "prune", "switch_to"]

State = RecommenderVersion.State

SWITCHABLE = (State.READY, State.REFUSED)
"""States in which a version has lists and is not served."""


def switch_to(version: RecommenderVersion, *, now: datetime) -> None:
    """Serve this version from now on, in one transaction; nothing where it is served already.

    Raises ValueError for one that has no lists.
    """
    versions = RecommenderVersion.objects.filter(shop=version.shop)
    with transaction.atomic(using=router.db_for_write(RecommenderVersion)):
        # All that may be active or become so are locked, in one order: two who switch at once do it one after the other.
        rows = {row.pk: row for row in locked(versions.filter(state__in=[State.ACTIVE, *SWITCHABLE]).order_by("pk"))}
        chosen = rows.get(version.pk)
        if chosen is None:
            raise ValueError(_("version %(number)s has no lists: it cannot be served") % {"number": version.number})
        if chosen.state != State.ACTIVE:
            versions.filter(state=State.ACTIVE).update(state=State.READY)
            versions.filter(pk=chosen.pk).update(state=State.ACTIVE, activated_at=now)
            forget_lists()
    version.refresh_from_db(fields=["state", "activated_at"])
