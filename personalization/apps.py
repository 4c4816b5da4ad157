"""The Django app of personalization."""

from __future__ import annotations

from django.apps import AppConfig


class PersonalizationConfig(AppConfig):
    """Registers the app under its fixed label."""

    name = "personalization"
    label = "regulars_personalization"
    verbose_name = "Personalization"
    default_auto_field = "django.db.models.BigAutoField"
