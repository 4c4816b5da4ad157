"""What they spend."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.facts.family import Family, FamilyWords, Words

WORDS = FamilyWords(
    Family.VALUE,
    _("Value"),
    _("What customers spend, save and give back."),
    {
        "orders.total": Words(_("total"), _("What the customer paid for the order.")),
        "orders.net_total": Words(_("net total"), _("The total without taxes.")),
        "orders.discount": Words(_("discount"), _("What was taken off the order.")),
        "orders.refunded": Words(_("refunded amount"), _("What has been given back of the order.")),
        "orders.currency": Words(_("currency"), _("What the order was paid in; rules about money are in the shop's own.")),
        "orders.coupon_code": Words(_("coupon code"), _("The coupon that was used.")),
        "order_lines.line_total": Words(_("line total"), _("What the customer paid for the line, after discount.")),
        "order_lines.discount": Words(_("discount"), _("What was taken off the line.")),
        "products.price": Words(_("price"), _("What the product costs.")),
        "products.list_price": Words(_("list price"), _("What the product costs when it is not on sale.")),
        "carts.total": Words(_("total"), _("What the things in the cart are worth.")),
        "carts.currency": Words(_("currency"), _("What the cart is counted in; rules about money are in the shop's own.")),
        "cart_lines.line_total": Words(_("line total"), _("What the line is worth.")),
        "refunds.amount": Words(_("amount"), _("What was given back.")),
        "refunds.currency": Words(_("currency"), _("What was given back in; rules about money are in the shop's own.")),
        "spend.amount": Words(_("amount"), _("What was paid, or, below zero, given back.")),
    },
)
