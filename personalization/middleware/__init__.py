"""What a shop puts into MIDDLEWARE: whoever looks, and what slots mean for caches."""

from __future__ import annotations

from personalization.middleware.slots import SlotMiddleware
from personalization.middleware.visitor import VisitorMiddleware

__all__ = ["SlotMiddleware", "VisitorMiddleware"]
