"""A shop's module that cannot be imported."""

from __future__ import annotations

raise RuntimeError("the shop is closed")
