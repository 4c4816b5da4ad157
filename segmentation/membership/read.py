"""What is known: who is in a segment, and in which segments somebody is."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from segmentation.conf import conf
from segmentation.errors import SegmentError
from segmentation.models import Membership, Profile, Segment
from segmentation.profiles.census import accounts_with
from segmentation.profiles.identity import find_person, user_key
from segmentation.sources import active_source
from segmentation.sources.emails import fold_email


def segment_called(slug: str) -> Segment:
    """The shop's segment of that slug. Raises SegmentError if there is none."""
    try:
        return Segment.objects.get(shop=conf.shop, slug=slug)
    except Segment.DoesNotExist:
        raise SegmentError(f"no segment is called {slug}") from None


def person_called(text: str) -> Profile:
    """The profile that a key, a customer id or an e-mail (an account's before a guest's) names.

    Raises SegmentError if there is none.
    """
    profile = _account_with(text) or find_person(text, conf.shop)
    if profile is None:
        raise SegmentError(f"no customer is known as {text}")
    return profile


def _account_with(text: str) -> Profile | None:
    """Accounts' e-mails stand in the shop alone, so they are looked up there."""
    account = accounts_with(active_source(), [text]).get(fold_email(text)) if "@" in text else None
    return find_person(user_key(account), conf.shop) if account is not None else None


def members(segment: Segment) -> QuerySet[Membership]:
    """The memberships of a segment with their profiles, in the order they were known; people's, not visitors'."""
    people = Membership.objects.filter(segment=segment).exclude(profile__kind=Profile.Kind.VISITOR)
    return people.select_related("profile").order_by("profile_id")


def segments_of(profile: Profile) -> QuerySet[Membership]:
    """The memberships of a person with their segments, by name; drafts and archived segments have none."""
    return Membership.objects.filter(profile=profile).select_related("segment").order_by("segment__name")


def slugs_of(key: str) -> frozenset[str]:
    """Slugs of the segments that the person with this profile key is in, whoever they are merged into; one query.

    A broken segment keeps its members; drafts and archived segments have none.
    """
    named = Profile.objects.filter(shop=conf.shop, key=key)
    person = named.annotate(person=Coalesce("merged_into_id", "pk")).values("person")
    answered = Membership.objects.filter(profile__in=person, segment__state__in=[Segment.State.LIVE, Segment.State.BROKEN])
    return frozenset(answered.values_list("segment__slug", flat=True))
