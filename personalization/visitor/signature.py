"""What is known of a person, signed, so that the next page need not ask the database.

It is worth nothing with another session, with another visitor id, after a minute (counted from when the database was asked),
and once a change of the person is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from personalization.visitor.cookies import SEGMENTS

MOST_BYTES = 3_000
"""Browsers refuse cookies beyond 4 kB, name and attributes included."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says of a person, as of `at` (milliseconds since 1970, taken before it was asked)."""

    at: int
    mark: str = ""
    """The name under which changes of the person are marked; "" where there is no profile."""
    slugs: frozenset[str] = frozenset()
    profiling: bool | None = None
    country: str | None = None
    """Of the account; None where nobody asked yet."""
    is_member: bool = False


def bind(session: str, visitor_id: str) -> str:
    """What ties a signature to one session and one visitor id."""
    return salted_hmac("personalization.signature", f"{session}|{visitor_id}", algorithm="sha256").hexdigest()[:32]


def sign(known: Known, binding: str) -> str | None:
    """As text; None where the segments are too many for a cookie."""
    text = SEGMENTS.seal(
        {
            "b": binding,
            "t": known.at,
            "m": known.mark,
            "s": sorted(known.slugs),
            "p": known.profiling,
            "c": known.country,
            "k": known.is_member,
        }
    )
    return text if len(text) <= MOST_BYTES else None


def read(said: Any, binding: str, now: int) -> Known | None:
    """What an opened signature says; None for one of somebody else's, one that is too old, or one of another shape."""
    try:
        if said["b"] != binding or not 0 <= now - said["t"] <= SEGMENTS.seconds * 1000:
            return None
        return Known(said["t"], said["m"], frozenset(said["s"]), said["p"], said["c"], said["k"])
    except (KeyError, TypeError):
        return None
