"""What happened to a person, as it was written down: segments entered and left, consent, merges, and what they did."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from segmentation.models import Activity, Consent, JournalEntry, Profile, ProfileMerge


def journal_of(profile: Profile) -> QuerySet[JournalEntry]:
    """Segments entered and left, with the segments."""
    return JournalEntry.objects.filter(profile=profile).select_related("segment")


def consents_of(profile: Profile) -> QuerySet[Consent]:
    """Receipts of what the profile agreed to."""
    return Consent.objects.filter(profile=profile)


def merges_of(profile: Profile) -> QuerySet[ProfileMerge]:
    """Who the profile turned out to be, and who turned out to be it, also where that was undone; with both profiles."""
    merges = ProfileMerge.objects.filter(Q(source=profile) | Q(target=profile))
    return merges.select_related("source", "target", "by")


def activity_of(people: Sequence[Profile]) -> QuerySet[Activity]:
    """What these did, profiles of one shop: a person and those who are merged into it."""
    customers = [person.customer_id for person in people if person.customer_id]
    visitors = [person.visitor_id for person in people if person.visitor_id]
    theirs = Q(customer__in=customers) | Q(customer="", visitor__in=visitors)
    return Activity.objects.filter(theirs, shop=people[0].shop)
