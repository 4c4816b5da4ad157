"""The Django app of segmentation."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentationConfig(AppConfig):
    """Registers the app under its fixed label, its checks, and its ears for the shop's signals."""

    name = "segmentation"
    label = "regulars_segmentation"
    verbose_name = _("Customer segments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Once all apps are loaded."""
        # Both know models, so they can only be imported now; importing checks registers them.
        from segmentation import checks, receivers  # noqa: F401, PLC0415

        receivers.connect()
