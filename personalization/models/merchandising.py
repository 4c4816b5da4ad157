"""What the owner wants recommended, or not."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MerchandisingRule(models.Model):
    """A pin, a boost or an exclusion of a product, a category or a brand, in one strategy or in all."""

    class Action(models.TextChoices):
        """What it does."""

        PIN = "pin", _("put at a place")
        BOOST = "boost", _("show more, or less")
        EXCLUDE = "exclude", _("never show")

    class Kind(models.TextChoices):
        """What `value` names."""

        PRODUCT = "product", _("product")
        CATEGORY = "category", _("category")
        BRAND = "brand", _("brand")

    shop = models.CharField(_("shop"), max_length=64, default="default", editable=False)
    action = models.CharField(_("what to do"), max_length=8, choices=Action)
    kind = models.CharField(_("with"), max_length=8, choices=Kind, default=Kind.PRODUCT)
    value = models.CharField(_("which"), max_length=240, help_text=_("The id of a product, or the name of a category or brand."))
    strategy = models.CharField(_("strategy"), max_length=40, blank=True, help_text=_("Empty for all."))
    on_product = models.CharField(
        _("on the page of"), max_length=240, blank=True, help_text=_("The id of a product; empty for every page.")
    )
    position = models.PositiveSmallIntegerField(
        pgettext_lazy("in a list", "place"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("Of a pin; 1 is in front."),
    )
    factor = models.DecimalField(
        _("factor"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(2),
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))],
        help_text=_("Of a boost: above 1 shows more, below 1 less."),
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    is_active = models.BooleanField(pgettext_lazy("rule", "active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("merchandising rule")
        verbose_name_plural = _("merchandising rules")
        ordering = ["action", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.value}"
