"""The segments the demo begins with: the ready-made ones, and some that show what else can be asked.

docs/demo-data.md says what each asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segmentation.presets import PRESETS


@dataclass(frozen=True)
class DemoSegment:
    """A segment to be made live: `text` is its rule."""

    slug: str
    name: str
    text: str
    description: str = ""

    @property
    def is_published(self) -> bool:
        """Whether headless fronts are told who is in it."""
        return self.slug in PUBLISHED


HOME = "GB"
"""Where the shop of the data is."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "at-home": {"country": HOME},
    "abroad": {"country": HOME},
    "country-{country}": {"country": "FR"},
}
"""Preset -> what an owner would set."""

PUBLISHED = ("all-prospects", "browse-abandoners", "curious-prospects", "never-bought", "repeat-buyers", "subscribers", "vip")
"""What is no secret to whoever is in it."""

UNFIT = ("coupon-lovers",)
"""The shop of the data had no coupons; bargain buyers stand in for those who love them."""


def _ready_made(slug: str) -> DemoSegment:
    preset, values = PRESETS[slug], VALUES.get(slug)
    description = f"{preset.purpose} {preset.action}"
    return DemoSegment(preset.slug_for(values), preset.name_for(values), preset.text(values), description)


SEGMENTS = (
    *(_ready_made(slug) for slug in PRESETS if slug not in UNFIT),
    DemoSegment("subscribers", "Get the newsletter", "customer.accepts_email is true"),
    DemoSegment("said-women", "Women, by their own word", 'customer.gender = "female"'),
    DemoSegment("said-men", "Men, by their own word", 'customer.gender = "male"'),
    DemoSegment("vip", "VIP", 'in segment "loyal" and in segment "big-spenders"'),
    DemoSegment("every-month", "Bought in each of three months", "pattern orders regularly period 1 month periods 3"),
    DemoSegment("gone-quiet", "Regular, then quiet", "pattern orders stopped period 1 month periods 3"),
    DemoSegment("large-first-order", "Began with a large order", "orders.first(test total >= 500)"),
    DemoSegment("spring-test", "One half for the spring test", 'bucket "spring" 0 to 49'),
    DemoSegment(
        "worth-a-call",
        "Worth a call",
        'at least 2 of (in segment "big-spenders", orders.days_between() <= 30, orders.count(last 365 days) >= 10)',
    ),
    DemoSegment(
        "lighting-and-bags",
        "Lighting and bags in one order",
        'orders.count(where any lines (product.category = "Lighting & Candles")'
        ' and any lines (product.category = "Bags & Travel")) >= 1',
    ),
)
