"""The Django app of personalization."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonalizationConfig(AppConfig):
    """Registers the app under its fixed label, its checks, its ears, and what it uses segments for."""

    name = "personalization"
    label = "regulars_personalization"
    verbose_name = _("Personalization")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Once all apps are loaded."""
        # Importing checks and receivers registers them.
        from personalization import checks, receivers  # noqa: F401, PLC0415
        from personalization.content.uses import uses_of  # noqa: PLC0415
        from segmentation.membership.references import also_used_by  # noqa: PLC0415

        also_used_by(uses_of)
