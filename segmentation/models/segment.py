"""A named, versioned rule."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SegmentQuerySet(models.QuerySet["Segment"]):
    """Questions about segments."""

    def evaluated(self, shop: str) -> SegmentQuerySet:
        """Those that a refresh answers: live ones, and broken ones in case they work again."""
        return self.filter(shop=shop, state__in=[Segment.State.LIVE, Segment.State.BROKEN])


class Segment(models.Model):
    """A question about customers that the shop keeps answered."""

    class State(models.TextChoices):
        """What becomes of it."""

        DRAFT = "draft", _("draft")
        LIVE = "live", _("live")
        BROKEN = "broken", _("broken")
        ARCHIVED = "archived", _("archived")

    shop = models.CharField(_("shop"), max_length=64, default="default")
    slug = models.SlugField(_("slug"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    definition = models.JSONField(_("definition"), help_text=_("The stored rule."))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    is_published = models.BooleanField(
        _("told to storefronts"),
        default=False,
        help_text=_("A headless storefront may read whether its visitor is in this segment: its slug is then no secret."),
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    size = models.PositiveIntegerField(_("size"), null=True, blank=True, help_text=_("Members, users and guests."))
    refreshed_at = models.DateTimeField(_("last refresh"), null=True, blank=True)
    refreshed_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    problem = models.TextField(_("problem"), blank=True, help_text=_("Why a broken segment cannot be answered."))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["shop", "slug"], name="regulars_segment_slug")]

    def __str__(self) -> str:
        return self.name


class SegmentVersion(models.Model):
    """What a segment's definition was; the highest number is today's."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="versions", verbose_name=_("segment"))
    number = models.PositiveIntegerField(pgettext_lazy("version", "number"))
    definition = models.JSONField(_("definition"))
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("segment version")
        verbose_name_plural = _("segment versions")
        ordering = ["segment", "-number"]
        constraints = [models.UniqueConstraint(fields=["segment", "number"], name="regulars_version_number")]

    def __str__(self) -> str:
        return f"{self.segment} v{self.number}"
