"""A person as we know them: a user of the shop, a guest with an e-mail, later a visitor."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Questions about profiles."""

    def people(self, shop: str) -> ProfileQuerySet:
        """Users and guests whom the shop still knows: those who are counted."""
        return self.filter(shop=shop, gone_at=None, kind__in=[Profile.Kind.USER, Profile.Kind.GUEST])


class Profile(models.Model):
    """One person in one shop. Memberships hang on it."""

    class Kind(models.TextChoices):
        """How the person is known."""

        USER = "user", _("customer")
        GUEST = "guest", _("guest")
        VISITOR = "visitor", _("visitor")

    shop = models.CharField(_("shop"), max_length=64, default="default")
    key = models.CharField(
        _("key"),
        max_length=255,
        help_text=_("“user:” and the customer id, or “guest:” and a keyed hash of the e-mail; never recomputed."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    customer_id = models.CharField(_("customer id"), max_length=240, blank=True, help_text=_("As the shop source gives it."))
    email = models.CharField(
        _("e-mail"), max_length=320, blank=True, help_text=_("Of guests only, folded: their rows are found by it.")
    )
    created_at = models.DateTimeField(_("known since"))
    gone_at = models.DateTimeField(
        _("gone since"), null=True, blank=True, help_text=_("When the shop ceased to know the person.")
    )
    revision = models.PositiveBigIntegerField(
        default=0, editable=False, help_text=_("Grows with each live evaluation, so that a slower refresh does not undo it.")
    )

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        permissions = [
            ("view_email", _("Can see guests' e-mail addresses")),
            ("view_restricted", _("Can see birth dates and other restricted facts")),
        ]
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="regulars_profile_key")]
        indexes = [
            models.Index(fields=["shop", "customer_id"], name="regulars_profile_customer"),
            models.Index(fields=["shop", "email"], name="regulars_profile_email"),
        ]

    def __str__(self) -> str:
        return self.key
