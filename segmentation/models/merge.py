"""Two profiles turned out to be one person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from segmentation.models.profile import Profile


class MergeCause(models.TextChoices):
    """What showed that they are one."""

    LOGIN = "login", _("logged in")
    SIGN_UP = "sign_up", _("signed up")
    CHECKOUT = "checkout", _("ordered with the e-mail")
    VERIFIED = "verified", _("verified the e-mail")
    MANUAL = "manual", _("by hand")


class ProfileMerge(models.Model):
    """`source` was found to be `target`. Undone, it stays in the log; nothing of either profile is lost meanwhile."""

    source = models.ForeignKey(Profile, models.CASCADE, related_name="merges", verbose_name=_("profile"))
    target = models.ForeignKey(Profile, models.CASCADE, related_name="absorbed", verbose_name=_("merged into"))
    at = models.DateTimeField(_("at"))
    cause = models.CharField(_("cause"), max_length=12, choices=MergeCause)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    first_key_before = models.CharField(max_length=255, blank=True, editable=False, help_text=_("The target's."))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        verbose_name = _("merge of profiles")
        verbose_name_plural = _("merges of profiles")
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=models.Q(undone_at=None), name="regulars_merge_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.source} is {self.target}"
