"""What people said yes or no to: receipts, of which the last word on a purpose counts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import router, transaction

from segmentation.models import Consent, Profile, Purpose
from segmentation.models.lock import locked
from segmentation.profiles.visitors import current
from segmentation.signals import consent_changed

MERGE = "merge"
"""How a word came that another profile of the same person had said; `source` is its key."""
UNDO = "undo"
"""How such a word is taken back: nothing was said."""


@dataclass(frozen=True)
class Notice:
    """What somebody was told before they said yes or no. Of the text a digest is kept."""

    version: str = ""
    text: str = ""
    language: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal; "" where there is none."""
        return hashlib.sha256(self.text.encode()).hexdigest() if self.text else ""


NO_NOTICE = Notice()


def say(
    profile: Profile,
    purpose: str,
    granted: bool,
    *,
    now: datetime,
    method: str,
    source: str = "",
    notice: Notice = NO_NOTICE,
) -> Consent:
    """Write the receipt of a yes or no. `method` is how it was said ("banner", "account"), `source` where.

    It is the word of whoever the profile is merged into. Raises ValueError for a purpose that there is none of.
    """
    if purpose not in Purpose.values:
        raise ValueError(f"{purpose!r} is no purpose: it is one of {', '.join(Purpose.values)}")
    told = {"notice_version": notice.version, "notice_hash": notice.digest, "language": notice.language}
    person = current(profile)
    receipt = write(Consent(profile=person, purpose=purpose, granted=granted, at=now, method=method, source=source, **told))
    if purpose == Purpose.PROFILING:
        person.profiling = granted
    return receipt


def write(receipt: Consent) -> Consent:
    """Save a receipt of a profile that is merged into no other, and what follows from it."""
    for name in ("method", "source", "notice_version", "language"):
        field: Any = Consent._meta.get_field(name)
        setattr(receipt, name, getattr(receipt, name)[: field.max_length])
    with transaction.atomic(using=router.db_for_write(Profile)):
        # Locked, so that of two words at once the one that is written last is the one that counts.
        profile = locked(Profile.objects.filter(pk=receipt.profile_id)).get()
        before = last_receipt(profile, receipt.purpose)
        receipt.save(force_insert=True)
        if receipt.purpose == Purpose.PROFILING:
            Profile.objects.filter(pk=profile.pk).update(profiling=word(receipt))
        if word(before) != word(receipt):
            said = {"profile": profile.pk, "purpose": receipt.purpose, "granted": receipt.granted, "at": receipt.at}
            transaction.on_commit(lambda: _tell(said), robust=True)
    return receipt


def _tell(said: Mapping[str, Any]) -> None:
    consent_changed.send_robust(Consent, **said)


def word(receipt: Consent | None) -> bool | None:
    """What a receipt says; None where nothing was said."""
    return None if receipt is None or receipt.method == UNDO else receipt.granted


def last_receipt(profile: Profile, purpose: str) -> Consent | None:
    """The latest of a profile on a purpose."""
    return Consent.objects.filter(profile=profile, purpose=purpose).order_by("pk").last()


def states(profile: Profile) -> dict[str, bool | None]:
    """Purpose -> the person's last word on it, None where there is none; one query."""
    said: dict[str, bool | None] = dict.fromkeys(Purpose.values)
    for receipt in Consent.objects.filter(profile=current(profile)).order_by("pk"):
        said[receipt.purpose] = word(receipt)
    return said


FIELDS = ("purpose", "granted", "at", "method", "source", "notice_version", "notice_hash", "language")
"""Of a receipt, beside whose it is."""


def receipts(profile: Profile) -> list[dict[str, str | bool]]:
    """All that the person ever said, also before they were known to be who they are, oldest first, fit for JSON."""
    person = current(profile)
    said = Consent.objects.filter(profile__in=[person, *person.parts.all()]).select_related("profile").order_by("at", "pk")
    return [{"subject": receipt.profile.key, **{name: _shown(getattr(receipt, name)) for name in FIELDS}} for receipt in said]


def _shown(value: Any) -> str | bool:
    return value.isoformat() if isinstance(value, datetime) else value
