"""What a machine shows to act for somebody of the staff."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """A key to the API. Only a digest of the secret is kept: it has 256 random bits, so nobody can guess what makes it."""

    class Scope(models.TextChoices):
        """What it may do of what its user may do."""

        READ = "read", _("only read")
        WRITE = "write", _("read and change")

    shop = models.CharField(_("shop"), max_length=64, default="default")
    name = models.CharField(_("name"), max_length=120, help_text=_("Which machine it is for."))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("acts for"))
    scope = models.CharField(_("scope"), max_length=8, choices=Scope, default=Scope.READ)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("begins with"), max_length=12, editable=False)
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False, help_text=_("To the hour."))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"
