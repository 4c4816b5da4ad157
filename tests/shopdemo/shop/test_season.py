from __future__ import annotations

import datetime as dt

import pytest

from shopdemo.shop.season import scene_of


@pytest.mark.parametrize(
    ("month", "scene"),
    [(12, "winter"), (2, "winter"), (3, "spring"), (5, "spring"), (6, "summer"), (8, "summer"), (9, "autumn"), (11, "autumn")],
)
def test_the_season_of_a_month(month: int, scene: str) -> None:
    assert scene_of(dt.date(2026, month, 15)) == scene
