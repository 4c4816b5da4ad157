"""Who is in a segment: reached by a link from it, never edited."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from segmentation.admin.person_rows import CHOSEN, PersonRowAdmin
from segmentation.conf import conf
from segmentation.models import Membership, Profile

KIND = "profile__kind__exact"
"""The filter by kind, in the address."""


@admin.register(Membership)
class MembershipAdmin(PersonRowAdmin):
    """Members of a segment, or memberships of a person."""

    list_display = ("profile_link", "kind", "segment_link", "since", "why_link")
    list_filter = (*CHOSEN, "profile__kind")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """The shop's own, told by their own column; visitors, who are no members to count, where they are asked for."""
        rows = super(PersonRowAdmin, self).get_queryset(request).filter(shop=conf.shop)
        if request.GET.get(KIND) == Profile.Kind.VISITOR:
            return rows
        return rows.exclude(profile__kind=Profile.Kind.VISITOR)

    @admin.display(description=_("kind"))
    def kind(self, membership: Membership) -> str:
        """Customer, guest or visitor."""
        return membership.profile.get_kind_display()
