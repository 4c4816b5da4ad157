"""What personalization hears. Never raises into the shop: what fails is logged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from personalization.conf import conf
from personalization.content.published import publisher as slots
from personalization.models import MerchandisingRule, Slot, Variant, VariantSegment
from personalization.recommend.lists import read_lists
from personalization.recommend.serving.merchandising import publisher as merchandising
from personalization.recommend.training.freshness import refresh_people
from personalization.visitor import identity
from personalization.visitor.changed import mark
from personalization.visitor.told import publisher as told
from segmentation.models import Profile, ProfileMerge, Segment
from segmentation.signals import consent_changed, people_changed, profile_merged, segment_entered, segment_left

logger = logging.getLogger(__name__)

BUYING = {"orders", "order_lines", "profile"}
"""Relations whose rows say what somebody bought, and people who are about to go."""

TOLD = {"slug", "state", "is_published"}
"""What of a segment says whether a front may read it."""


def _harmless(hear: Callable[..., None]) -> Callable[..., None]:
    @wraps(hear)
    def hear_safely(*args: Any, **said: Any) -> None:
        try:
            hear(*args, **said)
        except Exception:
            logger.exception("%s failed", hear.__name__)

    return hear_safely


@receiver(user_logged_in)
@_harmless
def on_login(sender: object, request: Any, user: Any, **said: Any) -> None:
    """The visitor is this account."""
    if hasattr(request, "visitor"):
        identity.logged_in(request.visitor, user)


@receiver(user_logged_out)
@_harmless
def on_logout(sender: object, request: Any, **said: Any) -> None:
    """Whoever comes next is somebody else."""
    if hasattr(request, "visitor"):
        identity.logged_out(request.visitor)


@receiver([segment_entered, segment_left])
@_harmless
def on_membership(sender: object, profiles: Collection[int], **said: Any) -> None:
    """Signatures of these people are out of date."""
    _mark(profiles)


@receiver(consent_changed)
@_harmless
def on_consent(sender: object, profile: int, **said: Any) -> None:
    """The same of this person; whoever says no has no lists from that moment."""
    _mark([profile])
    _refresh([profile])


@receiver(profile_merged)
@_harmless
def on_merge(sender: object, merge: ProfileMerge, **said: Any) -> None:
    """The same of the two, who are one or two again."""
    _mark([merge.source_id, merge.target_id])
    _refresh([merge.source_id, merge.target_id])


@receiver(people_changed)
@_harmless
def on_people(sender: object, profiles: Collection[int], relations: Collection[str], **said: Any) -> None:
    """Whoever ordered has other lists, and whoever is gone has none."""
    if BUYING & set(relations):
        _refresh(profiles)


def _refresh(profiles: Collection[int]) -> None:
    """Nothing, and no query that another page would not ask, where no recommender is trained."""
    if read_lists(conf.shop, ())[0] is None:
        return
    keys = Profile.objects.filter(pk__in=profiles).exclude(kind=Profile.Kind.VISITOR).values_list("key", flat=True)
    refresh_people(list(keys), now=timezone.now())


def _mark(profiles: Collection[int]) -> None:
    mark(profiles, int(timezone.now().timestamp() * 1000))


@receiver([post_save, post_delete], sender=Slot)
@receiver([post_save, post_delete], sender=Variant)
@receiver([post_save, post_delete], sender=VariantSegment)
def on_content(sender: object, **said: Any) -> None:
    """Slots are shown from memory."""
    slots.changed()


@receiver(post_save, sender=Segment)
def on_segment(sender: object, update_fields: frozenset[str] | None, **said: Any) -> None:
    """Targets name segments by slug, fronts read those that are published. A refresh writes sizes alone, and does so often."""
    if update_fields is None or "slug" in update_fields:
        slots.changed()
    if update_fields is None or not TOLD.isdisjoint(update_fields):
        told.changed()


@receiver([post_save, post_delete], sender=MerchandisingRule)
def on_merchandising(sender: object, **said: Any) -> None:
    """Rules are gone by from memory."""
    merchandising.changed()
