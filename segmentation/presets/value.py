"""By how much somebody spends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.presets.parameters import days, percent
from segmentation.presets.preset import Parameter, Preset

PRESETS = (
    Preset(
        "big-spenders",
        _("Big spenders"),
        "top {percent} percent by spend.sum(amount, last {days} days) leave at {leave_at} percent stay {stay} days",
        _("The customers with the most spent in a year, less refunds. Who is in does not leave at the first quiet week."),
        _("Look after them in person; ask them first."),
        (
            percent(10),
            days(365),
            Parameter("leave_at", "12", _("percent within which those who are in stay")),
            Parameter("stay", "7", _("days that those who are in stay at least")),
        ),
    ),
    Preset(
        "high-average-order",
        _("High average order"),
        "top {percent} percent by orders.avg(total)",
        _("Customers whose orders are large."),
        _("Suggest the better product and the whole set."),
        (percent(20),),
    ),
    Preset(
        "low-average-order",
        _("Low average order"),
        "bottom {percent} percent by orders.avg(total)",
        _("Customers whose orders are small."),
        _("Suggest what fills the basket up to free delivery."),
        (percent(20),),
    ),
)
