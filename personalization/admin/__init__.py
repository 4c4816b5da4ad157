"""What the shop shows to whom, in Django's own admin. Nothing is decided here."""

from __future__ import annotations

from personalization.admin import slots, variants

__all__ = ["slots", "variants"]
