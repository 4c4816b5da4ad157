"""The demo's rules for what is recommended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from personalization.models import MerchandisingRule
from segmentation.conf import conf
from shopdemo.merchandising import RULES, DemoRule, Kind
from shopdemo.shop.models import Product


def define_rules(now: datetime, rules: Sequence[DemoRule] = RULES) -> int:
    """Make these rules where the shop has none, and return how many were made; one about a product that is not there is left
    out."""
    if MerchandisingRule.objects.filter(shop=conf.shop).exists():
        return 0
    made = [rule for rule in (_made(rule, now) for rule in rules) if rule is not None]
    return len(MerchandisingRule.objects.bulk_create(made))


def _made(rule: DemoRule, now: datetime) -> MerchandisingRule | None:
    value = _product(rule.value) if rule.kind == Kind.PRODUCT else rule.value
    if not value:
        return None
    return MerchandisingRule(
        shop=conf.shop,
        action=rule.action,
        kind=rule.kind,
        value=value,
        strategy=rule.strategy,
        position=rule.position,
        **_period(rule, now),
    )


def _product(code: str) -> str:
    found = Product.objects.filter(code=code).values_list("pk", flat=True).first()
    return "" if found is None else str(found)


def _period(rule: DemoRule, now: datetime) -> dict[str, Any]:
    """Of this year, or of the next once this year's is over."""
    if rule.months is None:
        return {}
    first, last = rule.months
    here = timezone.localtime(now)
    year = here.year + (here.month > last)
    day = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return {"starts_at": day.replace(year=year, month=first), "ends_at": day.replace(year=year + last // 12, month=last % 12 + 1)}
