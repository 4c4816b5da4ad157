"""Rows of a shop whose models are elsewhere, pushed to us: the canonical columns as plain fields.

A text that is not known is "", anything else that is not known is NULL.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower, Replace, Trim
from django.utils.translation import gettext_lazy as _

ID_LENGTH = 240
"""Characters of a key: a customer id this long still fits into a profile's."""

EMAIL_LENGTH = 320

PLACES = 4
"""Decimals kept of a number, as many as any currency has."""

DIGITS = 18
"""Digits of a number in all: so many fit into 64 bits once they are scaled."""


def email_index(name: str) -> models.Index:
    """Guests' rows are looked up by e-mail in one spelling: by the expression that `segmentation.sources.folded` gives."""
    cleaned: Replace | str = "email"
    for stray in ("\t", "\n", "\r", "\u00a0"):
        cleaned = Replace(cleaned, models.Value(stray), models.Value(""))
    return models.Index(Lower(Trim(cleaned)), name=name)


class Imported(models.Model):
    """A row of a shop, which its own key names."""

    shop = models.CharField(_("shop"), max_length=64, default="default")
    extra = models.JSONField(_("extra"), default=dict, blank=True, help_text=_("What only this shop has."))

    class Meta:
        abstract = True


class ImportedLine(models.Model):
    """A line of an imported row; lines have no key but their place."""

    position = models.PositiveIntegerField(_("position"))
    product_id = models.CharField(_("product id"), max_length=ID_LENGTH)
    quantity = models.DecimalField(_("quantity"), max_digits=DIGITS, decimal_places=PLACES)
    extra = models.JSONField(_("extra"), default=dict, blank=True, help_text=_("What only this shop has."))

    class Meta:
        abstract = True


class ImportedCustomer(Imported):
    """An account."""

    customer_id = models.CharField(_("customer id"), max_length=ID_LENGTH)
    email = models.CharField(_("e-mail"), max_length=EMAIL_LENGTH, blank=True)
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=64, blank=True)
    country = models.CharField(_("country"), max_length=64, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=64, blank=True)
    joined_at = models.DateTimeField(_("joined at"), null=True, blank=True)
    accepts_email = models.BooleanField(_("accepts e-mail"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported customer")
        verbose_name_plural = _("imported customers")
        constraints = [models.UniqueConstraint(fields=["shop", "customer_id"], name="regulars_icustomer_key")]
        indexes = [email_index("regulars_icustomer_email")]

    def __str__(self) -> str:
        return self.customer_id


class ImportedOrder(Imported):
    """An order that counts."""

    order_id = models.CharField(_("order id"), max_length=ID_LENGTH)
    customer = models.CharField(_("customer id"), max_length=ID_LENGTH, blank=True)
    email = models.CharField(_("e-mail"), max_length=EMAIL_LENGTH, blank=True)
    placed_at = models.DateTimeField(_("placed at"))
    total = models.DecimalField(_("total"), max_digits=DIGITS, decimal_places=PLACES)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    net_total = models.DecimalField(_("net total"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    discount = models.DecimalField(_("discount"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    refunded = models.DecimalField(_("refunded"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    coupon_code = models.CharField(_("coupon code"), max_length=255, blank=True)
    status = models.CharField(_("status"), max_length=64, blank=True)
    country = models.CharField(_("country"), max_length=64, blank=True)
    channel = models.CharField(_("channel"), max_length=120, blank=True)
    device = models.CharField(_("device"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("imported order")
        verbose_name_plural = _("imported orders")
        constraints = [models.UniqueConstraint(fields=["shop", "order_id"], name="regulars_iorder_key")]
        indexes = [
            models.Index(fields=["shop", "customer"], name="regulars_iorder_customer"),
            models.Index(fields=["shop", "placed_at"], name="regulars_iorder_time"),
            email_index("regulars_iorder_email"),
        ]

    def __str__(self) -> str:
        return self.order_id


class ImportedOrderLine(ImportedLine):
    """What was ordered."""

    order = models.ForeignKey(ImportedOrder, models.CASCADE, related_name="lines", verbose_name=_("order"))
    line_total = models.DecimalField(_("line total"), max_digits=DIGITS, decimal_places=PLACES)
    discount = models.DecimalField(_("discount"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)

    class Meta:
        verbose_name = _("imported order line")
        verbose_name_plural = _("imported order lines")
        constraints = [models.UniqueConstraint(fields=["order", "position"], name="regulars_iorderline_place")]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product_id}"


class ImportedProduct(Imported):
    """Something the shop sells."""

    product_id = models.CharField(_("product id"), max_length=ID_LENGTH)
    title = models.CharField(_("title"), max_length=500)
    parent_id = models.CharField(_("parent id"), max_length=ID_LENGTH, blank=True)
    category = models.CharField(_("category"), max_length=255, blank=True)
    brand = models.CharField(_("brand"), max_length=255, blank=True)
    price = models.DecimalField(_("price"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    list_price = models.DecimalField(_("list price"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    active = models.BooleanField(_("for sale"), null=True, blank=True)
    stock = models.DecimalField(_("stock"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), null=True, blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    image = models.CharField(_("image"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("imported product")
        verbose_name_plural = _("imported products")
        constraints = [models.UniqueConstraint(fields=["shop", "product_id"], name="regulars_iproduct_key")]

    def __str__(self) -> str:
        return self.title


class ImportedRefund(Imported):
    """Money given back."""

    refund_id = models.CharField(_("refund id"), max_length=ID_LENGTH)
    customer = models.CharField(_("customer id"), max_length=ID_LENGTH, blank=True)
    email = models.CharField(_("e-mail"), max_length=EMAIL_LENGTH, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=DIGITS, decimal_places=PLACES)
    at = models.DateTimeField(_("at"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    order_id = models.CharField(_("order id"), max_length=ID_LENGTH, blank=True)

    class Meta:
        verbose_name = _("imported refund")
        verbose_name_plural = _("imported refunds")
        constraints = [models.UniqueConstraint(fields=["shop", "refund_id"], name="regulars_irefund_key")]
        indexes = [
            models.Index(fields=["shop", "customer"], name="regulars_irefund_customer"),
            models.Index(fields=["shop", "order_id"], name="regulars_irefund_order"),
            models.Index(fields=["shop", "at"], name="regulars_irefund_time"),
            email_index("regulars_irefund_email"),
        ]

    def __str__(self) -> str:
        return self.refund_id


class ImportedCart(Imported):
    """A cart as it is now."""

    cart_id = models.CharField(_("cart id"), max_length=ID_LENGTH)
    customer = models.CharField(_("customer id"), max_length=ID_LENGTH, blank=True)
    email = models.CharField(_("e-mail"), max_length=EMAIL_LENGTH, blank=True)
    visitor = models.CharField(_("visitor"), max_length=ID_LENGTH, blank=True)
    updated_at = models.DateTimeField(_("updated at"))
    created_at = models.DateTimeField(_("created at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=64, blank=True)
    total = models.DecimalField(_("total"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    class Meta:
        verbose_name = _("imported cart")
        verbose_name_plural = _("imported carts")
        constraints = [models.UniqueConstraint(fields=["shop", "cart_id"], name="regulars_icart_key")]
        indexes = [
            models.Index(fields=["shop", "customer"], name="regulars_icart_customer"),
            models.Index(fields=["shop", "visitor"], name="regulars_icart_visitor"),
            models.Index(fields=["shop", "updated_at"], name="regulars_icart_time"),
            email_index("regulars_icart_email"),
        ]

    def __str__(self) -> str:
        return self.cart_id


class ImportedCartLine(ImportedLine):
    """What lies in a cart."""

    cart = models.ForeignKey(ImportedCart, models.CASCADE, related_name="lines", verbose_name=_("cart"))
    line_total = models.DecimalField(_("line total"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)

    class Meta:
        verbose_name = _("imported cart line")
        verbose_name_plural = _("imported cart lines")
        constraints = [models.UniqueConstraint(fields=["cart", "position"], name="regulars_icartline_place")]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product_id}"


class ImportedWishlistItem(Imported):
    """A product that a customer wishes for."""

    customer = models.CharField(_("customer id"), max_length=ID_LENGTH)
    product_id = models.CharField(_("product id"), max_length=ID_LENGTH)
    added_at = models.DateTimeField(_("added at"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported wish")
        verbose_name_plural = _("imported wishes")
        constraints = [models.UniqueConstraint(fields=["shop", "customer", "product_id"], name="regulars_iwish_key")]
        indexes = [models.Index(fields=["shop", "added_at"], name="regulars_iwish_time")]

    def __str__(self) -> str:
        return f"{self.customer}: {self.product_id}"
