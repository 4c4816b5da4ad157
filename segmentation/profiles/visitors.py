"""Visitors: known by a random id alone, until they turn out to be somebody."""

from __future__ import annotations

import secrets
from datetime import datetime

from segmentation.conf import conf
from segmentation.models import Profile
from segmentation.profiles.identity import profile_of_visitor, visitor_key

__all__ = ["current", "new_visitor_id", "visitor_key", "welcome"]

BYTES = 16
"""Of chance in an id: nobody guesses 128 bits."""

MOST_CHARACTERS = 64


def new_visitor_id() -> str:
    """An id that nobody has, fit for a cookie and a URL."""
    return secrets.token_urlsafe(BYTES)


def welcome(visitor_id: str, *, now: datetime) -> Profile:
    """The visitor's own profile, made if there is none; who they are by now says `current`.

    Raises ValueError for an id that is empty or longer than 64 characters.
    """
    if not 0 < len(visitor_id) <= MOST_CHARACTERS:
        raise ValueError(f"a visitor's id has 1 to {MOST_CHARACTERS} characters, not {len(visitor_id)}")
    made = profile_of_visitor(visitor_id, conf.shop, now)
    fields = ("kind", "visitor_id", "created_at", "seen_at")
    defaults = {name: getattr(made, name) for name in fields}
    return Profile.objects.get_or_create(shop=made.shop, key=made.key, defaults=defaults)[0]


def current(profile: Profile) -> Profile:
    """Who the person is by now: the profile itself, or the one that it is merged into (which is never merged itself)."""
    return profile.merged_into or profile
