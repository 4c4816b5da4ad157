"""What each refresh saw: how current the answers are, and what of the shop it could not use."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RefreshRun(models.Model):
    """A refresh that ran to its end."""

    shop = models.CharField(_("shop"), max_length=64, default="default", db_index=True)
    at = models.DateTimeField(_("as of"))
    finished_at = models.DateTimeField(_("finished"), auto_now_add=True)
    people = models.PositiveIntegerField(_("people"))
    segments = models.PositiveIntegerField(_("segments"))
    ignored = models.JSONField(_("rows left out"), default=dict, help_text=_("Number of rows by relation."))
    faults = models.JSONField(_("values not understood"), default=dict, help_text=_("Number of values by column."))

    class Meta:
        verbose_name = _("refresh")
        verbose_name_plural = _("refreshes")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
