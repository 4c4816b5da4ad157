"""What the demo's owner wants recommended, or not: made once by `manage.py demo`, the owner's from then on."""

from __future__ import annotations

from dataclasses import dataclass

from personalization.models import MerchandisingRule

Action, Kind = MerchandisingRule.Action, MerchandisingRule.Kind


@dataclass(frozen=True, kw_only=True)
class DemoRule:
    """A pin, a boost or an exclusion. `value` is the stock code of a product, or the name of a category.

    `months` are the first and the last month in which it counts, each year anew; without them it always does.
    """

    action: str
    kind: str
    value: str
    strategy: str = ""
    position: int = 1
    months: tuple[int, int] | None = None


RULES = (
    # Whatever lies in the cart, ribbons go around it.
    DemoRule(action=Action.PIN, kind=Kind.PRODUCT, value="22077", strategy="cross_sell", position=4),
    # Money is no present of the shop's.
    DemoRule(action=Action.EXCLUDE, kind=Kind.PRODUCT, value="22016"),
    # Whoever bought baubles in December need not see more of them in spring.
    DemoRule(action=Action.EXCLUDE, kind=Kind.CATEGORY, value="Christmas", months=(1, 8)),
)
