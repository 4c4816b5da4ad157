"""A place on the shop's pages that shows one of several variants."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Slot(models.Model):
    """A named place on a page. A template says where it stands, its variants what stands there."""

    class Kind(models.TextChoices):
        """What it looks like."""

        BANNER = "banner", _("banner")
        BLOCK = "block", _("block")
        BAR = "bar", _("bar")
        POPUP = "popup", _("pop-up")
        PAGE = "page", _("whole page")

    class Mode(models.TextChoices):
        """How it is kept from pages that a cache holds for everyone."""

        FRAGMENT = "fragment", _("fragment: the page is for everyone, the slot is fetched")
        VARIANT = "variant", _("variant: a cache keeps a few versions of the page")
        INLINE = "inline", _("inline: the page is for one visitor and no cache keeps it")

    class Size(models.TextChoices):
        """The height that is kept free for it, so that nothing jumps when it comes."""

        NONE = "none", _("none")
        SMALL = "s", _("small (4 rem)")
        MEDIUM = "m", _("medium (10 rem)")
        LARGE = "l", _("large (18 rem)")
        HUGE = "xl", _("very large (28 rem)")

    shop = models.CharField(_("shop"), max_length=64, default="default", editable=False)
    slug = models.SlugField(_("slug"), max_length=80, help_text=_("What templates call it: {% slot “home-hero” %}."))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("Screen readers say it where the content has no heading of its own.")
    )
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.BLOCK)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.FRAGMENT)
    size = models.CharField(_("reserved height"), max_length=4, choices=Size, default=Size.MEDIUM)
    is_active = models.BooleanField(pgettext_lazy("slot", "active"), default=True, help_text=_("An inactive slot shows nothing."))
    popup_delay = models.PositiveSmallIntegerField(
        _("seconds before it opens"),
        default=10,
        validators=[MaxValueValidator(600)],
        help_text=_("Or after the scrolling below."),
    )
    popup_scroll = models.PositiveSmallIntegerField(
        _("percent of the page scrolled before it opens"), default=25, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    popup_times = models.PositiveSmallIntegerField(
        _("times it may open"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    popup_days = models.PositiveSmallIntegerField(
        _("within so many days"), default=7, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["name"]
        permissions = [("preview_slot", _("Can preview slots as any customer"))]
        constraints = [models.UniqueConstraint(fields=["shop", "slug"], name="regulars_slot_slug")]

    def __str__(self) -> str:
        return self.name
