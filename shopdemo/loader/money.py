"""Pence in, pounds out: the loader reckons in integers and the shop stores decimals."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=100_000)
def pounds(pence: int) -> Decimal:
    """So many pence as pounds with two places."""
    return Decimal(pence).scaleb(-2)
