"""Imported before all that needs the extra `api`: says what is missing, and how it is had."""

from __future__ import annotations

from importlib.util import find_spec

from segmentation.errors import ConfigurationError

if find_spec("drf_spectacular") is None:
    raise ConfigurationError("the REST API needs drf-spectacular: pip install django-regulars[api]")
