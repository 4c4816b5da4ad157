"""What the shop shows to whom, in Django's own admin. Nothing is decided here."""

from __future__ import annotations

from personalization.admin import clicks, evaluations, failed_events, leading, merchandising, slots, variants, versions

__all__ = ["clicks", "evaluations", "failed_events", "leading", "merchandising", "slots", "variants", "versions"]
