"""Money given back."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from segmentation.sources import folded
from shopdemo.shop.models.order import Order


class Refund(models.Model):
    """An amount paid back, always positive; it may name the order it belongs to."""

    number = models.CharField(pgettext_lazy("of an order", "number"), max_length=20, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="refunds",
    )
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Of a guest."))
    order = models.ForeignKey(
        Order, verbose_name=_("order"), null=True, blank=True, on_delete=models.SET_NULL, related_name="refunds"
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))])
    currency = models.CharField(_("currency"), max_length=3, default="GBP", help_text=_("ISO 4217, such as GBP."))
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        # Guests' refunds are looked up by their e-mail in one spelling.
        indexes = [models.Index(folded("email"), name="shop_refund_folded_email")]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="shop_refund_amount_positive")]

    def __str__(self) -> str:
        return self.number
