"""Orders and their lines."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from segmentation.sources import folded
from shopdemo.shop.models.catalogue import Product
from shopdemo.shop.models.provenance import Provenance


class Order(Provenance):
    """One purchase, by a user or by a guest who left an e-mail.

    `total` is what was charged, in `currency`. It is a stored fact: saving an order or its lines never changes it
    (`shopdemo.shop.totals` says what the lines add up to).
    """

    class Status(models.TextChoices):
        PLACED = "placed", _("placed")
        SHIPPED = "shipped", _("shipped")
        CANCELLED = "cancelled", _("cancelled")

    number = models.CharField(pgettext_lazy("of an order", "number"), max_length=20, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="orders",
    )
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Of a guest."))
    placed_at = models.DateTimeField(_("placed at"), default=timezone.now, db_index=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLACED)
    currency = models.CharField(_("currency"), max_length=3, default="GBP", help_text=_("ISO 4217, such as GBP."))
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166 alpha-2, such as GB."))
    coupon_code = models.CharField(_("coupon code"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        # Guests' orders are looked up by their e-mail in one spelling.
        indexes = [models.Index(folded("email"), name="shop_order_folded_email")]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """A line of an order; without a product it is postage, a fee or a correction, which the total contains too."""

    order = models.ForeignKey(Order, verbose_name=_("order"), on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(
        Product, verbose_name=_("product"), null=True, blank=True, on_delete=models.PROTECT, related_name="order_lines"
    )
    title = models.CharField(_("title"), max_length=200)
    quantity = models.IntegerField(_("quantity"), default=1)
    unit_price = models.DecimalField(_("unit price"), max_digits=10, decimal_places=2)
    line_total = models.DecimalField(_("line total"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")

    def __str__(self) -> str:
        return f"{self.quantity} x {self.title}"
