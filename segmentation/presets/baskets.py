"""By what lies in a cart or on a wishlist."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.presets.parameters import days
from segmentation.presets.preset import Parameter, Preset

_STATE = Parameter("state", "open", _("state of an open cart"), is_text=True)

PRESETS = (
    Preset(
        "abandoned-basket",
        _("Abandoned basket"),
        "carts.count(where state = {state} and any lines (quantity > 0) and updated_at last {days} days"
        " and updated_at not last {hours} hours, since last orders) >= 1",
        _("Customers with something in their cart that they left, and no order since."),
        _("Remind them of what lies there; once is enough."),
        (_STATE, days(30), Parameter("hours", "2", _("hours without a change"))),
    ),
    Preset(
        "open-basket",
        _("Open basket of %(amount)s or more"),
        "carts.count(where state = {state} and total >= {amount}, last {days} days) >= 1",
        _("Customers with an open cart of a large amount."),
        _("Offer advice or free delivery before they leave."),
        (_STATE, Parameter("amount", "50", _("amount")), days(7)),
    ),
    Preset(
        "wishes-running-low",
        _("Wishes running low"),
        "wishlist_items.count(where product.stock <= {stock} and product.stock > 0) >= 1",
        _("Customers who wish for something of which few are left."),
        _("Tell them in time."),
        (Parameter("stock", "3", _("pieces left")),),
    ),
)
