"""Who is in, since when; who came and went, and what caused it; whom the owner put in or kept out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from segmentation.models.profile import Profile
from segmentation.models.segment import Segment


class Cause(models.TextChoices):
    """What made somebody enter or leave."""

    FIRST_FILL = "first_fill", _("first fill")
    DEFINITION = "definition", _("the definition changed")
    REFRESH = "refresh", _("refresh")
    CHANGE = "change", _("something happened")
    MANUAL = "manual", _("by hand")
    GONE = "gone", _("the customer is gone")
    MERGED = "merged", _("is another profile now")


class Membership(models.Model):
    """A person is in a segment."""

    shop = models.CharField(_("shop"), max_length=64, default="default")
    segment = models.ForeignKey(Segment, models.CASCADE, related_name="memberships", verbose_name=_("segment"))
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="memberships", verbose_name=_("profile"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["segment", "profile"], name="regulars_membership_once")]

    def __str__(self) -> str:
        return f"{self.profile} in {self.segment}"


class JournalEntry(models.Model):
    """Somebody entered or left a segment. Written once, never changed."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="journal", verbose_name=_("segment"))
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="journal", verbose_name=_("profile"))
    entered = models.BooleanField(_("entered"), help_text=_("Or left."))
    at = models.DateTimeField(_("at"))
    cause = models.CharField(_("cause"), max_length=12, choices=Cause)
    version = models.PositiveIntegerField(_("version"), help_text=_("Of the segment's definition."))

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        indexes = [models.Index(fields=["segment", "profile", "at"], name="regulars_journal_story")]

    def __str__(self) -> str:
        return f"{self.profile} {'entered' if self.entered else 'left'} {self.segment}"


class Override(models.Model):
    """The owner's word: this person is in, or is not, whatever the rule says. Survives every refresh."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="overrides", verbose_name=_("segment"))
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="overrides", verbose_name=_("profile"))
    included = models.BooleanField(_("included"), help_text=_("Or excluded."))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("manual inclusion or exclusion")
        verbose_name_plural = _("manual inclusions and exclusions")
        constraints = [models.UniqueConstraint(fields=["segment", "profile"], name="regulars_override_once")]

    def __str__(self) -> str:
        return f"{self.profile} {'always' if self.included else 'never'} in {self.segment}"
