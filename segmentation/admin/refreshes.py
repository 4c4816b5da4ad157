"""What each refresh saw, and what of the shop it could not use."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from segmentation.admin.figures import NOT_KNOWN, count_text
from segmentation.admin.read_only import ReadOnlyAdmin
from segmentation.conf import conf
from segmentation.models import RefreshRun


@admin.register(RefreshRun)
class RefreshRunAdmin(ReadOnlyAdmin):
    """Refreshes, newest first."""

    list_display = ("at", "finished_at", "people", "segments", "ignored_total", "faults_total")
    ordering = ("-pk",)
    fields = ("at", "finished_at", "people", "segments", "ignored_shown", "faults_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RefreshRun]:
        """The shop's own."""
        return super().get_queryset(request).filter(shop=conf.shop)

    @admin.display(description=_("rows left out"))
    def ignored_total(self, run: RefreshRun) -> str:
        """Of all relations."""
        return count_text(sum(run.ignored.values()))

    @admin.display(description=_("values not understood"))
    def faults_total(self, run: RefreshRun) -> str:
        """Of all columns."""
        return count_text(sum(run.faults.values()))

    @admin.display(description=_("rows left out"))
    def ignored_shown(self, run: RefreshRun) -> str:
        """By relation."""
        return _lines(run.ignored)

    @admin.display(description=_("values not understood"))
    def faults_shown(self, run: RefreshRun) -> str:
        """By column."""
        return _lines(run.faults)


def _lines(counts: Mapping[str, int]) -> str:
    found = [(name, count_text(count)) for name, count in sorted(counts.items()) if count]
    return format_html_join("", "<div>{}: {}</div>", found) or NOT_KNOWN
