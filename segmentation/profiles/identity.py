"""Who is who: the key of a person, made once and never recomputed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime

from segmentation.conf import conf
from segmentation.models import Profile
from segmentation.sources.emails import fold_email

MOST_CHARACTERS = 240
"""Longer customer ids than this name nobody."""


def user_key(customer_id: object) -> str:
    """Profile key of a customer of the shop, whatever type its key has."""
    return f"user:{customer_id}"


def guest_key(email: str) -> str:
    """Profile key of a guest: a keyed hash, so that the key tells nobody the e-mail."""
    digest = hmac.new(conf.key.encode(), fold_email(email).encode(), hashlib.sha256).hexdigest()
    return f"guest:{digest[:32]}"


def visitor_key(visitor_id: str) -> str:
    """Profile key of a visitor."""
    return f"visitor:{visitor_id}"


def find_person(text: str, shop: str) -> Profile | None:
    """The profile that somebody means by a key, a customer id or an e-mail, or whom that is merged into; None if there is
    none."""
    profiles = Profile.objects.filter(shop=shop).select_related("merged_into")
    found = profiles.filter(key__in=[text, user_key(text)]).first()
    found = found or (profiles.filter(key=guest_key(text)).first() if "@" in text else None)
    return found and (found.merged_into or found)


def profile_of_customer(customer_id: object, shop: str, moment: datetime) -> Profile:
    """An unsaved profile of a customer."""
    return Profile(shop=shop, key=user_key(customer_id), kind=Profile.Kind.USER, customer_id=str(customer_id), created_at=moment)


def profile_of_guest(email: str, shop: str, moment: datetime) -> Profile:
    """An unsaved profile of a guest."""
    return Profile(shop=shop, key=guest_key(email), kind=Profile.Kind.GUEST, email=fold_email(email), created_at=moment)


def profile_of_visitor(visitor_id: str, shop: str, moment: datetime) -> Profile:
    """An unsaved profile of a visitor, who is here."""
    kind = Profile.Kind.VISITOR
    return Profile(shop=shop, key=visitor_key(visitor_id), kind=kind, visitor_id=visitor_id, created_at=moment, seen_at=moment)


def is_named(key: object) -> bool:
    """Whether a row's reference names anything; some shops write "" where others leave it NULL."""
    return key is not None and key != ""


def nameable(customer_ids: Collection[object]) -> list[str]:
    """The customer ids, as text, that a profile can be known by."""
    return [text for text in map(str, customer_ids) if 0 < len(text) <= MOST_CHARACTERS]
