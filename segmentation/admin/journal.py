"""Who entered and left which segment, and what caused it."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from segmentation.admin.person_rows import CHOSEN, PersonRowAdmin
from segmentation.models import JournalEntry


@admin.register(JournalEntry)
class JournalEntryAdmin(PersonRowAdmin):
    """Entries and exits."""

    list_display = ("at", "profile_link", "event", "segment_link", "cause", "version")
    list_filter = (*CHOSEN, "entered", "cause")

    @admin.display(description=_("what"))
    def event(self, entry: JournalEntry) -> str:
        """Entered or left."""
        return gettext("entered") if entry.entered else gettext("left")
