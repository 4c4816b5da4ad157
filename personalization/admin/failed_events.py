"""Events that fronts told and that could not be taken: what was wrong with them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from personalization.conf import conf
from personalization.models import FailedEvent
from segmentation.admin.read_only import ReadOnlyAdmin


@admin.register(FailedEvent)
class FailedEventAdmin(ReadOnlyAdmin):
    """A sample, newest first."""

    list_display = ("at", "reason", "pointer", "detail")
    list_display_links = ("at",)
    list_filter = ("reason",)
    list_per_page = 50
    ordering = ("-at", "-pk")
    fields = ("at", "reason", "pointer", "detail", "event")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FailedEvent]:
        """The shop's own."""
        rows: QuerySet[FailedEvent] = super().get_queryset(request)
        return rows.filter(shop=conf.shop)
