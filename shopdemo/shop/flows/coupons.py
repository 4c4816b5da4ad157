"""Whether a code counts, and counting its use."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from shopdemo.shop.models import Coupon


def spelled(code: str) -> str:
    """The code as it is kept."""
    return code.strip().upper()[:40]


def valid_coupon(code: str, goods: Decimal, now: datetime) -> Coupon | None:
    """The coupon of this code if it counts for goods of this price now.

    None for a code that is unknown, over, used up or meant for larger carts: whoever tries codes must not learn which.
    """
    return _valid(now).filter(code=spelled(code), min_total__lte=goods).first() if code else None


def use_coupon(coupon: Coupon, now: datetime) -> bool:
    """Count one use; False if another cart took the last one meanwhile."""
    return bool(_valid(now).filter(pk=coupon.pk).update(uses=F("uses") + 1))


def _valid(now: datetime) -> QuerySet[Coupon]:
    return Coupon.objects.filter(
        Q(starts_at=None) | Q(starts_at__lte=now),
        Q(ends_at=None) | Q(ends_at__gt=now),
        Q(max_uses=None) | Q(uses__lt=F("max_uses")),
        is_active=True,
    )
