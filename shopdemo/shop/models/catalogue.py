"""What the shop sells."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shopdemo.shop.models.provenance import Provenance


class Category(models.Model):
    """A shelf of the shop; a product stands on one or on none."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = pgettext_lazy("of products", "categories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Product(Provenance):
    """An article with a price in the shop's currency; `code` is the stock code printed on invoices.

    `list_price` is what it costs when it is not on sale; None where that is the price.
    """

    code = models.CharField(_("stock code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=220)
    category = models.ForeignKey(
        Category, verbose_name=_("category"), null=True, blank=True, on_delete=models.SET_NULL, related_name="products"
    )
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2)
    list_price = models.DecimalField(_("price before the sale"), max_digits=10, decimal_places=2, null=True, blank=True)
    stock = models.IntegerField(_("stock"), default=0)
    is_active = models.BooleanField(_("on sale"), default=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["title", "code"]
        indexes = [models.Index(fields=["is_active", "title", "code"], name="shop_product_on_sale")]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    @property
    def price_before(self) -> Decimal | None:
        """What it costs when it is not on sale, if that is more than it costs."""
        return self.list_price if self.list_price is not None and self.list_price > self.price else None
