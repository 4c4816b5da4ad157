"""Which scene the shop window shows."""

from __future__ import annotations

from datetime import date

_SEASONS = ("winter", "spring", "summer", "autumn")


def scene_of(day: date) -> str:
    """The season of a day where the shop is: December to February is winter."""
    return _SEASONS[day.month % 12 // 3]
