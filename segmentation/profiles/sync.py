"""Profiles in step with the shop source.

Each batch is its own short transaction and what it did stays done, so a run that is cut short is taken up by the
next one. Nobody is declared gone unless the shop was read to its end and, asked for the person by name, knows none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import router, transaction
from django.db.models import Q
from django.utils import timezone

from segmentation.conf import conf
from segmentation.models import Profile
from segmentation.models.batch import batches
from segmentation.models.lock import locked
from segmentation.profiles.census import Census, joined, look_up, take_census
from segmentation.profiles.identity import guest_key, profile_of_customer, profile_of_guest, user_key, visitor_key
from segmentation.sources import ShopSource, active_source

Progress = Callable[[int, int], None]
"""Called with (done, total) after each batch."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How many profiles were made, came back, or are gone, and how many people the shop knows now."""

    created: int
    returned: int
    gone: int
    people: int


def sync(*, now: datetime | None = None, progress: Progress | None = None, source: ShopSource | None = None) -> SyncReport:
    """Make a profile for everybody the shop knows and mark those whom it no longer knows.

    `now` is when the new ones are known since. Raises SourceError, having changed nothing, if the shop cannot be read.
    """
    moment = now or timezone.now()  # noqa: TID251  the moment of the run, where no caller gave one
    shop_source = source or active_source()
    # Read before the shop is: whoever comes to be known meanwhile is not missed in what was read of the shop.
    people = Profile.objects.filter(Q(gone_at=None) | ~Q(merged_into=None), shop=conf.shop).exclude(kind=Profile.Kind.VISITOR)
    rows = list(people.values_list("key", "pk", "merged_into"))
    census = take_census(shop_source, conf.source_alias)
    step = _Step(shop_source, moment, progress or (lambda done, total: None))
    known = {key: pk for key, pk, merged in rows if merged is None}
    return step.apply(census, known, {key for key, _, merged in rows if merged is not None})


def sync_few(
    customers: Collection[object],
    emails: Collection[str],
    visitors: Collection[str] = (),
    *,
    now: datetime,
    source: ShopSource | None = None,
) -> list[int]:
    """The same for a few people, who are named, and whom they are joined to.

    Returns the ids of their profiles, of those gone too, and of whom they are merged into. Visitors are named by their ids;
    nobody is asked whether they are there.
    """
    shop_source = source or active_source()
    known, addresses = joined(shop_source, customers, emails) if customers or emails else (set(), set())
    keys = {*map(user_key, known), *map(guest_key, addresses)}
    named = Profile.objects.filter(shop=conf.shop, key__in=keys).order_by("pk")
    if keys:
        with transaction.atomic(using=router.db_for_write(Profile)):
            # Locked before they are looked up, so that an older look does not overrule a later one.
            rows = list(locked(named))
            present = {profile.key: profile.pk for profile in rows if profile.gone_at is None and profile.merged_into_id is None}
            merged = {profile.key for profile in rows if profile.merged_into_id is not None}
            census = look_up(shop_source, known, addresses)
            _Step(shop_source, now, lambda done, total: None).apply(census, present, merged)
    people = Profile.objects.filter(shop=conf.shop, key__in={*keys, *map(visitor_key, visitors)})
    found = people.order_by("pk").values_list("pk", "merged_into")
    return list(dict.fromkeys(pk for pair in found for pk in pair if pk is not None))


@dataclass(frozen=True, slots=True)
class _Step:
    """Bringing profiles in step with a census."""

    source: ShopSource
    moment: datetime
    progress: Progress

    def apply(self, census: Census, known: Mapping[str, int], merged: Collection[str]) -> SyncReport:
        """`known` has the keys and ids of the profiles that are not gone and that the census speaks of, `merged` the keys of
        those who are somebody else: they are neither missing nor gone."""
        wanted = {
            **{user_key(customer): (profile_of_customer, customer) for customer in census.customers},
            **{guest_key(email): (profile_of_guest, email) for email in census.guests},
        }
        for key in merged:
            wanted.pop(key, None)
        missing = sorted(wanted.keys() - known.keys())
        vanished = sorted(pk for key, pk in known.items() if key not in wanted)
        total, done, returned, gone = len(missing) + len(vanished), 0, 0, 0
        for keys in batches(missing):
            returned += self._welcome(keys, wanted)
            self.progress(done := done + len(keys), total)
        for pks in batches(vanished):
            gone += self._miss(pks)
            self.progress(done := done + len(pks), total)
        return SyncReport(len(missing) - returned, returned, gone, len(wanted))

    def _welcome(self, keys: Sequence[str], wanted: Mapping[str, tuple[Callable[..., Profile], str]]) -> int:
        """Make their profiles; those who are back are counted."""
        with transaction.atomic(using=router.db_for_write(Profile)):
            named = Profile.objects.filter(shop=conf.shop, key__in=keys, merged_into=None)
            returned = named.exclude(gone_at=None).update(gone_at=None)
            made = [make(name, conf.shop, self.moment) for make, name in (wanted[key] for key in keys)]
            # Another worker may have made some of them meanwhile.
            Profile.objects.bulk_create(made, ignore_conflicts=True)
        return returned

    def _miss(self, pks: Sequence[int]) -> int:
        """Mark as gone those whom the shop does not know when it is asked for them by name, now and under lock."""
        with transaction.atomic(using=router.db_for_write(Profile)):
            profiles = list(locked(Profile.objects.filter(pk__in=pks, gone_at=None, merged_into=None)).order_by("pk"))
            customers = [profile.customer_id for profile in profiles if profile.customer_id]
            census = look_up(self.source, customers, [profile.email for profile in profiles if profile.email])
            there = {*map(user_key, census.customers), *map(guest_key, census.guests)}
            gone = [profile.pk for profile in profiles if profile.key not in there]
            return Profile.objects.filter(pk__in=gone).update(gone_at=self.moment)
