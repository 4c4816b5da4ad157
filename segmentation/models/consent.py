"""What people agreed to, and what they were told when they did. Fields after ISO/IEC TS 27560."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from segmentation.models.profile import Profile


class Purpose(models.TextChoices):
    """What somebody may agree to; each on its own."""

    PROFILING = "profiling", _("personal content from what I look at")
    NEWSLETTER = "newsletter", _("newsletter")
    OPEN_TRACKING = "open_tracking", _("seeing whether I open e-mails")
    SMS = "sms", _("text messages")
    PERSONAL_PRICES = "personal_prices", _("personal prices")


class Consent(models.Model):
    """A receipt: somebody said yes or no. Written once, never changed; the last word on a purpose counts."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="consents", verbose_name=_("profile"))
    purpose = models.CharField(_("purpose"), max_length=32)
    granted = models.BooleanField(_("granted"), help_text=_("Or withdrawn."))
    at = models.DateTimeField(_("at"))
    method = models.CharField(_("method"), max_length=32, help_text=_("Such as banner, account or merge."))
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("The page it was said on."))
    notice_version = models.CharField(_("notice version"), max_length=32, blank=True)
    notice_hash = models.CharField(_("notice hash"), max_length=64, blank=True, help_text=_("SHA-256 of the text shown."))
    language = models.CharField(_("language"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(fields=["profile", "purpose", "at"], name="regulars_consent_story")]

    def __str__(self) -> str:
        return f"{self.profile}: {self.purpose} {'granted' if self.granted else 'withdrawn'}"
