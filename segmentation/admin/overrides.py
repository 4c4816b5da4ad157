"""Whom an owner put in or kept out by hand. Said and taken back on the page that explains a membership."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from segmentation.admin.person import word_text
from segmentation.admin.person_rows import CHOSEN, PersonRowAdmin
from segmentation.models import Override


@admin.register(Override)
class OverrideAdmin(PersonRowAdmin):
    """Words that stand."""

    list_display = ("profile_link", "word", "segment_link", "why_link", "reason", "by", "at")
    list_filter = (*CHOSEN, "included")
    list_select_related = ("profile", "segment", "by")

    @admin.display(description=_("word"))
    def word(self, said: Override) -> str:
        """Which way."""
        return word_text(said)

    @admin.display(description=_("change"))
    def why_link(self, row: Override) -> SafeString:
        """Leads to the page where it can be changed."""
        return super().why_link(row)
