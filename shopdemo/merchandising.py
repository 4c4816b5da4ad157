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
    # The shop's best known thing stands in front of what sells best.
    DemoRule(action=Action.PIN, kind=Kind.PRODUCT, value="22423", strategy="best_sellers"),
    # Whoever bought baubles in December need not see more of them in spring.
    DemoRule(action=Action.EXCLUDE, kind=Kind.CATEGORY, value="Christmas", months=(1, 8)),
)
