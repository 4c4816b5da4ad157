"""Lists of rows that join a person and a segment: members, their journal, the owner's word on them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from segmentation.admin.links import to_profile, to_segment, why
from segmentation.admin.read_only import ChosenFilter, ReadOnlyAdmin
from segmentation.conf import conf

CHOSEN = (("segment", ChosenFilter), ("profile", ChosenFilter))
"""Filters by link: `?segment__id__exact=` and `?profile__id__exact=`."""


class PersonRowAdmin(ReadOnlyAdmin):
    """Newest first, both sides as links, nothing that lists people to choose from."""

    list_display_links = None
    list_select_related: ClassVar[tuple[str, ...]] = ("profile", "segment")
    ordering = ("-pk",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A row's own page shows what the list shows."""
        return self.list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The shop's own."""
        return super().get_queryset(request).filter(segment__shop=conf.shop)

    @admin.display(description=_("profile"))
    def profile_link(self, row: Any) -> SafeString:
        """By its key."""
        return to_profile(row.profile)

    @admin.display(description=_("segment"))
    def segment_link(self, row: Any) -> SafeString:
        """By its name."""
        return to_segment(row.segment)

    @admin.display(description=_("reason"))
    def why_link(self, row: Any) -> SafeString:
        """Leads to the conditions and their evidence, and to the owner's word."""
        return why(row.profile_id, row.segment_id, gettext("Why?"))
