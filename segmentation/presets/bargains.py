"""By coupons, reductions and returns."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.presets.parameters import days, orders
from segmentation.presets.preset import Parameter, Preset

_SHARE = Parameter("share", "0.5", _("part of them, 0 to 1"))

PRESETS = (
    Preset(
        "coupon-lovers",
        _("Coupon lovers"),
        "orders.count() >= {orders} and orders.share(where coupon_code is set) >= {share}",
        _("Customers who mostly order with a coupon."),
        _("Keep coupons for them; they do not buy without one."),
        (orders(2), _SHARE),
    ),
    Preset(
        "bargain-buyers",
        _("Bargain buyers"),
        "orders.count() >= {orders} and order_lines.share(where discount > 0) >= {share}",
        _("Customers who mostly buy at a reduced price; for shops without coupons."),
        _("Tell them of sales first, and leave them out of new arrivals."),
        (orders(2), _SHARE),
    ),
    Preset(
        "returns-heavy",
        _("Many returns"),
        "refunds.count(last {days} days) >= {refunds}",
        _("Customers who send much back."),
        _("Help them choose: sizes, pictures, advice; no free-return promotions."),
        (days(365), Parameter("refunds", "3", _("refunds"))),
    ),
)
