"""Codes that make a cart cheaper."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Coupon(models.Model):
    """So many percent, or an amount in the shop's currency, off the goods of a cart; kept in upper case.

    `ends_at` is the first moment at which it no longer counts; without `max_uses` it counts as often as people like.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    percent = models.PositiveSmallIntegerField(
        _("percent off"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    amount = models.DecimalField(
        _("amount off"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    min_total = models.DecimalField(_("from goods of"), max_digits=10, decimal_places=2, default=Decimal(0))
    starts_at = models.DateTimeField(_("valid from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    max_uses = models.PositiveIntegerField(_("at most so many uses"), null=True, blank=True)
    uses = models.PositiveIntegerField(_("uses"), default=0, editable=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) ^ models.Q(amount__isnull=True),
                name="shop_coupon_percent_or_amount",
                violation_error_message=_("A coupon takes off either a percentage or an amount."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Keep the code in the one spelling that customers' input is compared with."""
        super().clean()
        self.code = self.code.strip().upper()
