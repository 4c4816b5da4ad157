"""The Django app of personalization."""

from __future__ import annotations

from django.apps import AppConfig


class PersonalizationConfig(AppConfig):
    """Registers the app under its fixed label, its checks, and its ears for log-ins and membership."""

    name = "personalization"
    label = "regulars_personalization"
    verbose_name = "Personalization"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Once all apps are loaded."""
        # Both know models, so they can only be imported now; importing them registers them.
        from personalization import checks, receivers  # noqa: F401, PLC0415
