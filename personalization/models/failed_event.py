"""Events that a front told and that could not be taken."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FailedEvent(models.Model):
    """What was wrong with it, for whoever writes the front. A sample, kept for some days; nothing in it says who sent it."""

    shop = models.CharField(_("shop"), max_length=64, default="default")
    at = models.DateTimeField(_("at"))
    reason = models.CharField(_("reason"), max_length=64)
    pointer = models.CharField(_("where"), max_length=200, blank=True)
    detail = models.CharField(_("what is wrong"), max_length=500, blank=True)
    event = models.TextField(_("event"), blank=True, help_text=_("Cut, and without what looks like personal data."))

    class Meta:
        verbose_name = _("failed event")
        verbose_name_plural = _("failed events")
        ordering = ["-at"]
        indexes = [models.Index(fields=["at"], name="regulars_failed_time")]

    def __str__(self) -> str:
        return self.reason
