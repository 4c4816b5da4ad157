"""What a slot shows, and to whom."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personalization.models.slot import Slot
from segmentation.models import Segment


class Variant(models.Model):
    """One content of a slot with its target. Every target that is set must hold; an empty one asks nothing."""

    class State(models.TextChoices):
        """Whether it may be shown."""

        DRAFT = "draft", _("draft")
        LIVE = "live", _("live")
        PAUSED = "paused", _("paused")

    class Body(models.TextChoices):
        """How the content is written."""

        FIELDS = "fields", _("fields")
        LIQUID = "liquid", _("Liquid template")

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="variants", verbose_name=_("slot"))
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=80)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    priority = models.SmallIntegerField(_("priority"), default=0, help_text=_("The highest that fits is shown."))
    is_default = models.BooleanField(
        _("default"),
        default=False,
        help_text=_("Shown where no other fits, and to everyone while anything fails. Has no target."),
    )

    segments = models.ManyToManyField(Segment, through="VariantSegment", related_name="+", verbose_name=_("segments"))
    countries = models.JSONField(_("countries"), default=list, blank=True)
    regions = models.JSONField(_("regions"), default=list, blank=True)
    seasons = models.JSONField(_("seasons"), default=list, blank=True)
    holidays = models.JSONField(_("holidays"), default=list, blank=True)
    devices = models.JSONField(_("devices"), default=list, blank=True)
    kinds = models.JSONField(_("visitors"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    weekdays = models.JSONField(_("weekdays"), default=list, blank=True)
    hours_from = models.TimeField(_("from the hour"), null=True, blank=True)
    hours_to = models.TimeField(_("to the hour"), null=True, blank=True)

    body = models.CharField(_("written as"), max_length=8, choices=Body, default=Body.FIELDS)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    link = models.CharField(_("link"), max_length=500, blank=True)
    link_text = models.CharField(_("text of the link"), max_length=120, blank=True)
    image = models.CharField(_("image"), max_length=500, blank=True, help_text=_("An address: /media/autumn.webp or https://…"))
    image_alt = models.CharField(
        _("what the image shows"), max_length=250, blank=True, help_text=_("Empty where it is decoration alone.")
    )
    products = models.JSONField(_("products"), default=list, blank=True)
    strategy = models.CharField(
        _("recommendations"), max_length=40, blank=True, help_text=_("Products by this strategy, after those named above.")
    )
    limit = models.PositiveSmallIntegerField(
        _("how many"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text=_("Recommended products at most."),
    )
    liquid = models.TextField(_("template"), blank=True)
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["slot", "-is_default", "-priority", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "slug"], name="regulars_variant_slug"),
            models.UniqueConstraint(fields=["slot"], condition=Q(is_default=True), name="regulars_variant_default"),
        ]

    def __str__(self) -> str:
        return self.name


class VariantSegment(models.Model):
    """A segment that a variant asks for. One that is asked for is neither deleted nor taken away."""

    class Ask(models.TextChoices):
        """What is asked."""

        ANY = "any", _("in any of")
        ALL = "all", _("in all of")
        NONE = "none", _("in none of")

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="asked", verbose_name=_("variant"))
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="+", verbose_name=_("segment"))
    ask = models.CharField(_("asked"), max_length=4, choices=Ask)

    class Meta:
        verbose_name = _("segment of a variant")
        verbose_name_plural = _("segments of variants")
        constraints = [models.UniqueConstraint(fields=["variant", "segment", "ask"], name="regulars_variant_segment")]

    def __str__(self) -> str:
        return f"{self.variant}: {self.get_ask_display()} {self.segment}"
