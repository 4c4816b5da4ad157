"""Fixtures of the ready-made segments."""

from __future__ import annotations

from tests.presets.tenth import tenth

__all__ = ["tenth"]
