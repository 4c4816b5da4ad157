"""The Django app of personalization."""

from __future__ import annotations

from django.apps import AppConfig


class PersonalizationConfig(AppConfig):
    """Registers the app under its fixed label, and its checks."""

    name = "personalization"
    label = "regulars_personalization"
    verbose_name = "Personalization"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Once all apps are loaded."""
        # Importing checks registers them.
        from personalization import checks  # noqa: F401, PLC0415
