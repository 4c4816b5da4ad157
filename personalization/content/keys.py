"""The cookie `rg_v`: which variants somebody was given, of the slots whose pages a cache keeps in a few versions.

It names variants, no person: everybody with the same ones has the same cookie, and so the same cached page. It is signed, so that
nobody sees what is not for them by writing another number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer

from personalization.content.choose import fits
from personalization.content.snapshot import Published, SlotSnapshot

if TYPE_CHECKING:
    from personalization.visitor.audience import Audience

COOKIE = "rg_v"
COOKIE_SECONDS = 24 * 60 * 60

MOST_KEYS = 16
"""Versions of a page that a cache may have to keep."""

NONE_CHOSEN: frozenset[int] = frozenset()

_SHAPE = re.compile(r"\d{1,18}(\.\d{1,18}){0,3}~[\w-]{43}")


def keyed_slots(published: Published) -> Iterator[SlotSnapshot]:
    """The slots of mode "variant" for which there are keys: the oldest ones, as long as all combinations are few enough."""
    keys = 1
    for slot in sorted(published.slots.values(), key=lambda slot: slot.id):
        if slot.mode != "variant" or not slot.variants:
            continue
        keys *= len(slot.variants) + 1
        if keys > MOST_KEYS:
            return
        yield slot


def key_for(published: Published, audience: Audience, now: datetime) -> str:
    """The signed key of what is chosen for somebody; "" where it is the default everywhere."""
    chosen = (next((each.id for each in slot.variants if fits(each, audience, now)), None) for slot in keyed_slots(published))
    numbers = ".".join(str(number) for number in chosen if number is not None)
    return _signer().sign(numbers) if numbers else ""


def read_key(text: str) -> frozenset[int] | None:
    """The ids of variants in a key; None for one that was not made here."""
    if not _SHAPE.fullmatch(text):
        return None
    try:
        numbers = _signer().unsign(text)
    except BadSignature:
        return None
    return frozenset(map(int, numbers.split(".")))


def _signer() -> Signer:
    return Signer(salt="personalization.rg_v", sep="~")
