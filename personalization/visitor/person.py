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


def look_up(key: str, at: int, country: Callable[[Profile], str]) -> Known:
    """Of the person with that profile key, asked at that millisecond; of somebody without a profile, nothing.

    Whoever refused profiling is asked nothing more. `country` is asked of customers alone.
    """
    with harmless():
        profile = current_profile(key)
        if profile is None:
            return Known(at)
        is_member = profile.kind == Profile.Kind.USER and profile.key == key
        slugs = frozenset[str]() if profile.profiling is False else slugs_of(profile.key)
        return Known(at, mark_of(profile.pk), slugs, profile.profiling, country(profile) if is_member else "", is_member)


def current_profile(key: str) -> Profile | None:
    """Whoever that key turned out to be, in one query; None where nobody has it, or the shop no longer knows them."""
    # A visitor becomes a guest and a guest an account, so there are two steps at most.
    parts = Profile.objects.select_related("merged_into__merged_into")
    profile = parts.filter(shop=conf.shop, key=key).first()
    while profile is not None and profile.merged_into is not None:
        profile = profile.merged_into
    return profile if profile is not None and profile.gone_at is None else None


@contextmanager
def harmless() -> Iterator[None]:
    """A query of ours that fails must not take a transaction of the shop's with it, as it does on PostgreSQL."""
    connection = transaction.get_connection(router.db_for_read(Profile))
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with transaction.atomic(using=connection.alias):
            yield
    else:
        yield
