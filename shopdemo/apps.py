"""The Django app that holds the demo's command."""

from __future__ import annotations

from django.apps import AppConfig


class ShopdemoConfig(AppConfig):
    """Makes `manage.py demo` known."""

    name = "shopdemo"
    label = "shopdemo"
    verbose_name = "Demo"
