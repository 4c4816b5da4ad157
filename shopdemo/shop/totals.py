"""What an order's lines add up to, beside what was charged.

`Order.total` is stored and nothing recomputes it behind the owner's back; these functions compare and, when asked, set it.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from shopdemo.shop.models import Order


def lines_total(order: Order) -> Decimal:
    """Sum of the order's line totals in its currency; 0.00 without lines."""
    return order.lines.aggregate(total=Sum("line_total"))["total"] or Decimal("0.00")


def set_total_from_lines(order: Order) -> bool:
    """Make `total` the sum of the lines and save the order; True if that changed it."""
    total = lines_total(order)
    if order.total == total:
        return False
    order.total = total
    order.save(update_fields=["total"])
    return True
