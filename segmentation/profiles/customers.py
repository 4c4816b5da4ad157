"""The profile of one customer, wanted before the next synchronisation."""

from __future__ import annotations

from datetime import datetime

from segmentation.conf import conf
from segmentation.models import Profile
from segmentation.profiles.identity import user_key
from segmentation.profiles.sync import sync_few


def profile_for_customer(customer_id: object, *, now: datetime) -> Profile | None:
    """The customer's profile, made if the shop knows the customer and we do not yet; None for whoever is no customer.

    Raises SourceError if the shop cannot be asked.
    """
    known = Profile.objects.filter(shop=conf.shop, key=user_key(customer_id), gone_at=None)
    profile = known.first()
    if profile is None and customer_id not in ("", None):
        sync_few([customer_id], [], now=now)
        profile = known.first()
    return profile
