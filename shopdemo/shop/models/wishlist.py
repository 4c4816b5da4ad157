"""What customers wish for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopdemo.shop.models.catalogue import Product
from shopdemo.shop.models.provenance import Provenance


class WishlistItem(Provenance):
    """A product on a user's wishlist, once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="wishlist_items"
    )
    product = models.ForeignKey(Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="wishlist_items")
    added_at = models.DateTimeField(_("added at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("wishlist item")
        verbose_name_plural = _("wishlist items")
        constraints = [models.UniqueConstraint(fields=["user", "product"], name="shop_wishlistitem_once_a_user")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.product_id}"
