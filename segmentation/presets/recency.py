"""By how long ago somebody bought."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.presets.parameters import days, orders
from segmentation.presets.preset import Preset

PRESETS = (
    Preset(
        "bought-lately",
        _("Bought in the last %(days)s days"),
        "orders.count(last {days} days) >= 1",
        _("Customers who have just bought and still think of you."),
        _("Thank them, ask for a review, and leave them out of discount campaigns."),
        (days(30),),
    ),
    Preset(
        "lapsed",
        _("Not bought in %(days)s days"),
        "orders.count() >= 1 and orders.count(last {days} days) = 0",
        _("Customers who bought once and have been quiet since."),
        _("Remind them of what is new since their last order."),
        (days(90),),
    ),
    Preset(
        "new-customers",
        _("New customers"),
        "orders.min(placed_at) last {days} days",
        _("Customers whose first order is of these days: the second is the hardest to win."),
        _("Welcome them, explain how the shop works, and suggest what goes with their first order."),
        (days(30),),
    ),
    Preset(
        "dormant",
        _("Dormant customers"),
        "orders.count() >= 1 and orders.count(last {days} days) = 0",
        _("Customers who have not bought for half a year."),
        _("Ask what they need now; one good reason to come back does more than five mails."),
        (days(180),),
    ),
    Preset(
        "winnable",
        _("Winnable customers"),
        "orders.count() >= {orders} and orders.count(last {days} days) = 0",
        _("Dormant customers who used to come back: they know why they liked the shop."),
        _("Spend your win-back budget here first."),
        (orders(3), days(180)),
    ),
    Preset(
        "lost",
        _("Lost customers"),
        "orders.count() >= 1 and orders.count(last {days} days) = 0",
        _("Customers who have not bought for a year."),
        _("Leave them out of regular mailings; try once a season."),
        (days(365),),
    ),
)
