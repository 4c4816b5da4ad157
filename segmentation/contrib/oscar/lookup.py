"""Oscar's models, through Oscar's own look-up: a shop may have forked any of its apps."""

from __future__ import annotations

from typing import Any

from segmentation.errors import ConfigurationError

try:
    from oscar.core.loading import get_model
except ModuleNotFoundError as missing:
    message = "segmentation.contrib.oscar needs django-oscar: pip install django-regulars[oscar]"
    raise ConfigurationError(message) from missing


def oscar_model(app_label: str, name: str) -> Any:
    """The shop's own model if it has forked the app, else Oscar's. ConfigurationError if the app is not installed."""
    try:
        return get_model(app_label, name)
    except LookupError as missing:
        message = f"segmentation.contrib.oscar needs Oscar's app {app_label} in INSTALLED_APPS: {missing}"
        raise ConfigurationError(message) from missing
