"""A shop without our addresses."""

from __future__ import annotations

urlpatterns: list[object] = []
