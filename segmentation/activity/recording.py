"""Deeds written down: of people who agreed to it, each once, and told to whoever listens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, router, transaction
from django.db.models import Q

from segmentation.activity.deed import Context, Deed, row_of
from segmentation.activity.inserting import insert
from segmentation.conf import conf
from segmentation.models import Activity, Profile
from segmentation.models.batch import batches
from segmentation.profiles.identity import user_key, visitor_key
from segmentation.profiles.visitors import welcome
from segmentation.signals import activity_recorded

SEEN_AGAIN = timedelta(minutes=1)
"""Somebody who does much is not written down as seen with each deed."""

ATTEMPTS = 3
"""Of an insert that others come before with the same uids."""


def record(
    kind: str,
    *,
    now: datetime,
    customer: str = "",
    visitor: str = "",
    uid: str = "",
    product_id: str = "",
    category: str = "",
    query: str = "",
    value: Decimal | int | str | None = None,
    context: Context = Context(),  # noqa: B008  frozen, and every field of it a constant
) -> Activity | None:
    """Write down that somebody did something now; returns the row.

    None, and nothing is written, where the person did not agree to profiling and the setting PROFILING_CONSENT asks for
    it, where nobody is known by that name, and where `uid` was recorded before. Raises ValueError for a kind that is none and
    a deed of nobody.
    """
    deed = Deed(kind, None, str(customer), visitor, uid, product_id, category, query, value, context)
    return next(iter(_write([deed], now).rows), None)


def record_many(deeds: Sequence[Deed], *, now: datetime) -> int:
    """The same for several deeds at once, whosever they are; returns how many were written."""
    return len(record_counted(deeds, now=now).written)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of several deeds: the others are of people who did not agree, or whom nobody knows."""

    written: frozenset[str]
    """By `uid`."""
    repeated: int
    """Whose `uid` was recorded before, or stands twice among them."""


def record_counted(deeds: Sequence[Deed], *, now: datetime) -> Recorded:
    """The same, for whoever wants to know what became of those that were not written."""
    done = [_write(batch, now) for batch in batches(deeds)]
    return Recorded(frozenset(row.uid for each in done for row in each.rows), sum(each.repeated for each in done))


@dataclass(frozen=True, slots=True)
class _Person:
    """The profile that somebody is by now, and their word on profiling."""

    profile: int
    agreed: bool | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Written:
    rows: list[Activity]
    repeated: int


def _write(deeds: Sequence[Deed], now: datetime) -> _Written:
    if now.utcoffset() is None:
        raise ValueError("now must be aware of its time zone")
    told = [row_of(deed, conf.shop, now) for deed in deeds]
    rows = list({row.uid: row for row in reversed(told)}.values())[::-1]  # of two with one uid, the first
    alias = router.db_for_write(Activity)
    written = _inserted(rows, alias, now)
    return _Written(written.rows, written.repeated + len(told) - len(rows))


def _inserted(rows: Sequence[Activity], alias: str, now: datetime, attempts: int = ATTEMPTS) -> _Written:
    """Those that were not there yet, now written. As a rule it is the first attempt: a uid is rarely told twice."""
    if not rows:
        return _Written([], 0)
    try:
        with transaction.atomic(using=alias):
            people = _people(rows, now)
            wanted = [row for row in rows if _may(row, people)]
            if wanted:
                insert(wanted, alias)
                _see(wanted, people)
                activity_recorded.send_robust(Activity, rows=wanted, using=alias)
            return _Written(wanted, 0)
    except IntegrityError:
        if attempts == 1:
            raise
    uids = [row.uid for row in rows]
    there = set(Activity.objects.using(alias).filter(shop=conf.shop, uid__in=uids).values_list("uid", flat=True))
    again = _inserted([row for row in rows if row.uid not in there], alias, now, attempts - 1)
    return _Written(again.rows, again.repeated + len(there))


def _name(row: Activity) -> str:
    """The profile key of whose deed it is; "" of nobody."""
    if row.customer:
        return user_key(row.customer)
    return visitor_key(row.visitor) if row.visitor else ""


def _people(rows: Collection[Activity], now: datetime) -> dict[str, _Person]:
    """Key -> person. A visitor of whom nobody asks consent is welcomed at the first deed; a customer who is not known yet
    will be, from the shop."""
    people = _known({_name(row) for row in rows})
    if conf.profiling_consent == "none":
        for visitor in sorted({row.visitor for row in rows if row.visitor and not row.customer}):
            if visitor_key(visitor) not in people:
                people[visitor_key(visitor)] = _Person(welcome(visitor, now=now).pk, None, now)
    return people


def _known(keys: Collection[str]) -> dict[str, _Person]:
    own, whole = ("pk", "profiling", "seen_at"), ("merged_into", "merged_into__profiling", "merged_into__seen_at")
    found = Profile.objects.filter(shop=conf.shop, key__in=keys).values_list("key", *own, *whole)
    return {key: _Person(*said[:3]) if said[3] is None else _Person(*said[3:]) for key, *said in found}


def _may(row: Activity, people: dict[str, _Person]) -> bool:
    name = _name(row)
    if conf.profiling_consent == "none":
        return bool(name)
    return name in people and people[name].agreed is True


def _see(rows: Collection[Activity], people: dict[str, _Person]) -> None:
    """When each of them was last seen, to the minute; in one order, so that two who record do not wait for each other."""
    last: dict[int, datetime] = {}
    for row in rows:
        person = people.get(_name(row))
        if person and (person.seen_at is None or row.at - person.seen_at >= SEEN_AGAIN):
            last[person.profile] = max(row.at, last.get(person.profile, row.at))
    for profile, at in sorted(last.items()):
        Profile.objects.filter(Q(seen_at=None) | Q(seen_at__lt=at), pk=profile).update(seen_at=at)
