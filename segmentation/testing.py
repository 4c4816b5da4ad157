"""For a shop's own test suite.

    from segmentation.testing import assert_in_segment, refresh_now

    def test_vip(db, alice):
        make_segment("vip", "orders.count() >= 2")
        place_two_orders(alice)
        refresh_now()
        assert_in_segment(alice, "vip")

Columns are read into memory through Django's own connection, so all of it works inside a TestCase.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.test import override_settings
from django.utils import timezone

from segmentation.membership import NOT_ASKED, RefreshReport, define, explain, refresh
from segmentation.membership.read import person_called, segment_called
from segmentation.models import Membership, Profile, Segment
from segmentation.sources import active_source


def make_segment(slug: str, rule: str, **fields: Any) -> Segment:
    """A live segment with the rule that a text writes; not filled before the next `refresh_now()`."""
    return define(slug, rule, now=fields.pop("now", None) or timezone.now(), **fields)


def refresh_now(*slugs: str, now: datetime | None = None) -> RefreshReport:
    """Answer all live segments, or these, for everyone."""
    return refresh(slugs or None, now=now)


def assert_in_segment(person: Model | str, slug: str) -> None:
    """Fail, with the reason, unless the person is in the segment.

    `person` is a user, a profile, or text: a profile key, a customer id or an e-mail.
    """
    profile = _profile(person)
    if not _is_in(profile, slug):
        raise AssertionError(f"{profile} is not in {slug}:\n{_reason(profile, slug)}")


def assert_not_in_segment(person: Model | str, slug: str) -> None:
    """Fail, with the reason, if the person is in the segment."""
    profile = _profile(person)
    if _is_in(profile, slug):
        raise AssertionError(f"{profile} is in {slug}:\n{_reason(profile, slug)}")


@contextmanager
def changes(how: str = "inline") -> Iterator[None]:
    """Follow the shop's changes "inline" (or not, by "none"). They run after commit: use a TransactionTestCase or
    `captureOnCommitCallbacks(execute=True)`."""
    with override_settings(SEGMENTATION={**settings.SEGMENTATION, "CHANGES": how}):
        yield


def _profile(person: Model | str) -> Profile:
    if isinstance(person, Profile):
        return person
    if isinstance(person, Model):
        rows = active_source().relations["customers"].read(["customer_id"], where={"pk": [person.pk]})
        person = next((str(customer) for chunk in rows for (customer,) in chunk), str(person.pk))
    return person_called(person)


def _is_in(profile: Profile, slug: str) -> bool:
    return Membership.objects.filter(segment=segment_called(slug), profile=profile).exists()


def _reason(profile: Profile, slug: str) -> str:
    found = explain(slug, profile)
    said = [f"  {'put in' if found.member else 'kept out'} by hand"] if found.overridden else []
    leaves = (
        f"  {leaf.truth}: {leaf.sentence} (value {leaf.value}, rows {', '.join(leaf.evidence) or 'none'})"
        if leaf.asked
        else f"  {leaf.truth}: {leaf.sentence} ({NOT_ASKED})"
        for leaf in found.leaves
    )
    return "\n".join([*said, *leaves])
