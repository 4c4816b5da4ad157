from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from personalization.conf import conf


def ids(**settings: Any) -> list[str | None]:
    with override_settings(PERSONALIZATION=settings):
        return [message.id for message in run_checks(tags=["regulars"]) if str(message.id).startswith("personalization.")]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"LOW_STOCK": 1, "PRICE_FLOOR": 0, "CATEGORY_CAP": 1, "BRAND_CAP": 9, "RECOMMEND_EXPLORE": 1}, []),
        ({"PRICE_FLOOR": Decimal("4.99"), "CATEGORY_CAP": None, "BRAND_CAP": None, "RECOMMEND_EXPLORE": 0.05}, []),
        ({"PRICE_FLOOR": None}, []),
        *[({"LOW_STOCK": wrong}, ["personalization.E041"]) for wrong in (0, 2.5, "3", True, None)],
        *[({"PRICE_FLOOR": wrong}, ["personalization.E042"]) for wrong in (-1, "5", True, float("nan"), float("inf"))],
        *[({"CATEGORY_CAP": wrong}, ["personalization.E043"]) for wrong in (0, 2.5, "3", True)],
        *[({"BRAND_CAP": wrong}, ["personalization.E044"]) for wrong in (0, -1, "3", False)],
        *[({"RECOMMEND_EXPLORE": wrong}, ["personalization.E045"]) for wrong in (-0.1, 1.1, "1", True, None, float("nan"))],
    ],
)
def test_a_setting_that_cannot_work_is_told(settings: dict[str, Any], expected: list[str]) -> None:
    assert ids(**settings) == expected


def test_what_holds_where_nothing_is_set() -> None:
    with override_settings(PERSONALIZATION={}):
        found = (conf.low_stock, conf.price_floor, conf.category_cap, conf.brand_cap, conf.recommend_explore)
    assert found == (3, None, 4, None, 0.0)
