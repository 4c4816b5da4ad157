"""What personalization hears. Never raises into the shop: what fails is logged."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from personalization.content.published import changed
from personalization.models import Slot, Variant, VariantSegment
from segmentation.models import Segment


@receiver([post_save, post_delete], sender=Slot)
@receiver([post_save, post_delete], sender=Variant)
@receiver([post_save, post_delete], sender=VariantSegment)
def on_content(sender: object, **said: Any) -> None:
    """Slots are shown from memory."""
    changed()


@receiver(post_save, sender=Segment)
def on_segment(sender: object, update_fields: frozenset[str] | None, **said: Any) -> None:
    """Targets name segments by slug. A refresh writes sizes alone, and does so often."""
    if update_fields is None or "slug" in update_fields:
        changed()
