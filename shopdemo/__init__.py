"""A small real shop that uses both apps."""

from __future__ import annotations

from shopdemo.celery import app as celery_app

__all__ = ["celery_app"]
