"""What the database says of whoever is looking, in at most two queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import router, transaction

from personalization.conf import conf
from personalization.visitor.changed import mark_of
from personalization.visitor.signature import Known
from segmentation.membership.read import slugs_of
from segmentation.models import Profile
from segmentation.profiles.visitors import current


def look_up(key: str, at: int, refuses: Callable[[bool | None], bool]) -> Known:
    """Of the person with that profile key, asked at that millisecond; of somebody without a profile, nothing.

    `refuses` makes of the profile's word on profiling whether they refuse it; then their segments are not even read.
    """
    is_member = key.startswith("user:")
    with harmless():
        profile = current_profile(key)
        if profile is None:
            return Known(at, is_member=is_member)
        slugs = frozenset[str]() if refuses(profile.profiling) else slugs_of(key)
        return Known(at, mark_of(profile.pk), slugs, profile.profiling, is_member=is_member)


def current_profile(key: str) -> Profile | None:
    """Whoever that key turned out to be, in one query; None where nobody has it, or the shop no longer knows them."""
    profile = Profile.objects.select_related("merged_into").filter(shop=conf.shop, key=key).first()
    person = current(profile) if profile is not None else None
    return person if person is not None and person.gone_at is None else None


@contextmanager
def harmless() -> Iterator[None]:
    """A query of ours that fails must not take a transaction of the shop's with it, as it does on PostgreSQL."""
    connection = transaction.get_connection(router.db_for_read(Profile))
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with transaction.atomic(using=connection.alias):
            yield
    else:
        yield
