"""By how often somebody bought."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.presets.parameters import days, orders
from segmentation.presets.preset import Parameter, Preset

PRESETS = (
    Preset(
        "never-bought",
        _("Never bought"),
        "orders.count() = 0",
        _("People with an account and no order."),
        _("Take away what holds them back: show delivery, returns and a first small choice."),
    ),
    Preset(
        "one-time-buyers",
        _("One-time buyers"),
        "orders.count() = 1",
        _("Customers with a single order, the largest group of most shops."),
        _("Suggest a second order while the first is fresh."),
    ),
    Preset(
        "repeat-buyers",
        _("Repeat buyers"),
        "orders.count() >= {orders}",
        _("Customers who came back."),
        _("Show what is new rather than what is cheap."),
        (orders(2),),
    ),
    Preset(
        "loyal",
        _("Loyal customers"),
        "orders.count() >= {orders} and orders.count(last {days} days) >= 1",
        _("Customers who buy often and lately: those a shop lives on."),
        _("Early access, a personal word, a gift; no discounts that they do not need."),
        (orders(3), days(90)),
    ),
    Preset(
        "wide-range-buyers",
        _("Buy across the range"),
        "order_lines.count_distinct(product.category) >= {categories}",
        _("Customers who buy from many categories."),
        _("Show them what is new anywhere in the shop."),
        (Parameter("categories", "4", _("categories")),),
    ),
)
