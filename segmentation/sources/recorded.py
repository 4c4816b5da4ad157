"""What people do on the storefront, as we record it: part of every shop's events."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db import router
from django.db.models import QuerySet

from segmentation.conf import conf
from segmentation.models import Activity
from segmentation.sources.canonical import Events
from segmentation.sources.reading import Row


class RecordedEvents(Events):
    """Rows of ours: where the shop's models live in another database than ours, they are read from our own."""

    def read(self, names: Sequence[str], *, using: str | None = None, **options: Any) -> Iterator[list[Row]]:
        """As `Relation.read`."""
        return super().read(names, using=_at_home(using), **options)

    def unfiltered(self, names: Collection[str], using: str) -> RecordedEvents:
        """As `Relation.unfiltered`."""
        return super().unfiltered(names, _at_home(using) or using)


def _at_home(using: str | None) -> str | None:
    return using if using is None or router.allow_migrate_model(using, Activity) else router.db_for_write(Activity)


def _of_this_shop() -> QuerySet[Activity]:
    return Activity.objects.filter(shop=conf.shop)


def recorded_activity() -> RecordedEvents:
    """Our Activity as a source maps it, for `ShopSource.activity`: every canonical column has a field of the same name."""
    columns: Mapping[str, Any] = {name: name for name in Events.specs}
    return RecordedEvents(_of_this_shop, **columns)
