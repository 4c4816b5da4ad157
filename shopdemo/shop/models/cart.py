"""Carts, before they become orders."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopdemo.shop.models.catalogue import Product
from shopdemo.shop.models.provenance import Provenance


class Cart(Provenance):
    """A cart of a user, or of a visitor until she logs in; whoever changes its lines sets `updated_at`.

    `visitor` is the id the visitor is known by, `email` what a guest left; both may be "".
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ORDERED = "ordered", _("ordered")
        MERGED = "merged", _("merged")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="carts",
    )
    visitor = models.CharField(_("visitor"), max_length=64, blank=True, db_index=True)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Of a guest."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"


class CartLine(models.Model):
    """So many of a product in a cart; a product has one line in it."""

    cart = models.ForeignKey(Cart, verbose_name=_("cart"), on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="cart_lines")
    quantity = models.PositiveIntegerField(_("quantity"), default=1)

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        constraints = [models.UniqueConstraint(fields=["cart", "product"], name="shop_cartline_once_a_cart")]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product_id}"

    @property
    def sum(self) -> Decimal:
        """What the line costs at today's price."""
        return self.product.price * self.quantity
