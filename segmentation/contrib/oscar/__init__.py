"""A ready source for django-oscar 4.2: `pip install django-regulars[oscar]`, then subclass `OscarSource`."""

from __future__ import annotations

from segmentation.contrib.oscar.source import OscarSource

__all__ = ["OscarSource"]
