"""What a product was like when we looked last, since shops rarely keep what it was before."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WatchedProduct(models.Model):
    """The price and stock of a product at the last look, and when they last changed for the better."""

    shop = models.CharField(_("shop"), max_length=64, default="default", editable=False)
    product_id = models.CharField(_("product"), max_length=240)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=4, null=True)
    price_before = models.DecimalField(_("price before it fell"), max_digits=14, decimal_places=4, null=True)
    fell_at = models.DateTimeField(_("price fell"), null=True)
    in_stock = models.BooleanField(_("in stock"), default=True)
    back_at = models.DateTimeField(_("back in stock"), null=True)
    seen_at = models.DateTimeField(_("first seen"))

    class Meta:
        verbose_name = _("watched product")
        verbose_name_plural = _("watched products")
        constraints = [models.UniqueConstraint(fields=["shop", "product_id"], name="regulars_watched_product")]

    def __str__(self) -> str:
        return self.product_id
