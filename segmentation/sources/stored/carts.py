"""A cart that lives in the session, told to us by the shop's cart view."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from segmentation.sources.stored.upsert import upsert
from segmentation.sources.stored.values import Wrong, read_decimal

logger = logging.getLogger(__name__)


def record_cart(
    cart_id: str,
    lines: Iterable[Mapping[str, Any]],
    *,
    customer: object = None,
    email: str = "",
    visitor: str = "",
    state: str = "open",
    currency: str = "",
    now: datetime | None = None,
) -> None:
    """Keep the cart as it is now: each line a dict of product_id, quantity and, if the shop knows it, line_total.

    It is dated by when it last changed, so a view that shows it may call this each time. Never raises into the shop: what
    fails is logged.
    """
    try:
        rows = [dict(line) for line in lines]
        row = {
            "cart_id": cart_id,
            "customer": None if customer is None else str(customer),
            "email": email,
            "visitor": visitor,
            "state": state,
            "currency": currency,
            "total": _total(rows),
            "lines": rows,
        }
        for error in upsert("carts", [row], now=now).errors:
            logger.error("a cart could not be recorded: %s %s", error.column, error.message)
    except Exception:
        logger.exception("a cart could not be recorded")


def _total(lines: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """What the lines add up to, if each of them says what it comes to."""
    try:
        return sum((read_decimal(line.get("line_total")) for line in lines), Decimal(0))
    except Wrong:
        return None
