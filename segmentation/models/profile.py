"""A person as we know them: a user of the shop, a guest with an e-mail, or a visitor of whom we know an id alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Questions about profiles."""

    def people(self, shop: str) -> ProfileQuerySet:
        """Users and guests whom the shop still knows, and who are nobody else: those who are counted."""
        return self.present(shop).filter(kind__in=[Profile.Kind.USER, Profile.Kind.GUEST])

    def present(self, shop: str) -> ProfileQuerySet:
        """The same and visitors: those who are evaluated."""
        return self.filter(shop=shop, gone_at=None, merged_into=None)

    def with_merged(self, shop: str) -> ProfileQuerySet:
        """The same, and those who turned out to be somebody else, since rows still go by their names."""
        return self.filter(models.Q(gone_at=None) | models.Q(merged_into__isnull=False), shop=shop)


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
    visitor_id = models.CharField(
        _("visitor"), max_length=64, blank=True, help_text=_("Of visitors only: the id in their cookie.")
    )
    first_key = models.CharField(
        _("first key"),
        max_length=255,
        blank=True,
        help_text=_("Where it is another than the key: the one the person was known by before a merge. Stable shares go by it."),
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("merged into")
    )
    profiling = models.BooleanField(
        _("consent to profiling"), null=True, blank=True, help_text=_("The last word; unknown is no consent.")
    )
    created_at = models.DateTimeField(_("known since"))
    seen_at = models.DateTimeField(_("last seen"), null=True, blank=True, help_text=_("When they last did something."))
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
            models.Index(fields=["shop", "visitor_id"], name="regulars_profile_visitor"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_present(self) -> bool:
        """Whether the shop still knows the person by this profile."""
        return self.gone_at is None and self.merged_into_id is None

    @property
    def is_counted(self) -> bool:
        """Whether the person is more to us than an id."""
        return self.kind != self.Kind.VISITOR
