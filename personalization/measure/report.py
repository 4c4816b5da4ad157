"""What recommended lists are worth: how often they were shown, and what of them was opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from personalization.conf import conf
from personalization.models import Click, ShownList


class Group(NamedTuple):
    """Lists of one strategy in one slot ("" where a page itself shows them), by one version's number (None without one)."""

    strategy: str
    slot: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the lists of a group; 1 is in front."""

    position: int
    shown: int
    clicks: int

    @property
    def rate(self) -> float:
        """Clicks for each time that a product stood there, 0 to 1."""
        return self.clicks / self.shown if self.shown else 0.0


@dataclass(frozen=True, slots=True)
class ClickRate:
    """Of one group: `lists` shown, `items` in them together, `clicks` on these."""

    strategy: str
    slot: str
    version: int | None
    lists: int
    items: int
    clicks: int
    places: tuple[Place, ...]

    @property
    def rate(self) -> float:
        """Clicks for each list that was shown; more than 1 where somebody opened several products of one."""
        return self.clicks / self.lists


class Sum(NamedTuple):
    """Of several groups of lists."""

    lists: int = 0
    items: int = 0
    clicks: int = 0

    @property
    def rate(self) -> float | None:
        """Clicks for each list."""
        return self.clicks / self.lists if self.lists else None


def summed(rates: Iterable[ClickRate]) -> Sum:
    """Of all of these together."""
    found = list(rates)
    return Sum(sum(one.lists for one in found), sum(one.items for one in found), sum(one.clicks for one in found))


def click_rates(since: datetime, now: datetime) -> list[ClickRate]:
    """Of the lists shown from `since` until `now`, by strategy, slot and version; two queries.

    A click counts for the list that was clicked, whenever that was. Visitors without JavaScript are shown lists and never click.
    """
    sizes: dict[Group, Counter[int]] = {}
    shown = ShownList.objects.filter(shop=conf.shop, at__gte=since, at__lt=now)
    rows = shown.values_list("strategy", "slot", "version__number", "size").annotate(lists=Count("pk")).order_by()
    for strategy, slot, version, size, lists in rows:
        sizes.setdefault(Group(strategy, slot, version), Counter())[size] += lists
    clicks = _clicks(since, now)
    groups = sorted(sizes, key=lambda group: (group.strategy, group.slot, -(group.version or 0)))
    return [_rate(group, sizes[group], clicks.get(group, Counter())) for group in groups]


def _clicks(since: datetime, now: datetime) -> dict[Group, Counter[int]]:
    """How often each place was clicked."""
    clicked = Click.objects.filter(shown__shop=conf.shop, shown__at__gte=since, shown__at__lt=now)
    columns = ("shown__strategy", "shown__slot", "shown__version__number", "position")
    found: dict[Group, Counter[int]] = {}
    for strategy, slot, version, position, clicks in clicked.values_list(*columns).annotate(clicks=Count("pk")).order_by():
        found.setdefault(Group(strategy, slot, version), Counter())[position] += clicks
    return found


def _rate(group: Group, sizes: Counter[int], clicks: Counter[int]) -> ClickRate:
    places = tuple(Place(position, _reaching(sizes, position), clicks[position]) for position in range(1, max(sizes) + 1))
    items = sum(size * lists for size, lists in sizes.items())
    return ClickRate(*group, lists=sizes.total(), items=items, clicks=clicks.total(), places=places)


def _reaching(sizes: Counter[int], position: int) -> int:
    """Lists that have this place."""
    return sum(lists for size, lists in sizes.items() if size >= position)
