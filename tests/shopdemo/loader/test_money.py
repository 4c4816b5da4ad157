from __future__ import annotations

import pytest

from shopdemo.loader.money import pounds


@pytest.mark.parametrize(("pence", "text"), [(0, "0.00"), (255, "2.55"), (-1, "-0.01"), (16_846_960, "168469.60")])
def test_pence_become_pounds_with_two_places(pence: int, text: str) -> None:
    assert str(pounds(pence)) == text
