from __future__ import annotations

import pytest
from django.utils import translation

from segmentation.admin.figures import count_text, share_text


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (999, "999"), (1234567, "1,234,567")])
def test_counts_are_grouped(count: int, text: str) -> None:
    assert count_text(count) == text


@pytest.mark.parametrize(("share", "text"), [(0.0, "0.0%"), (1 / 3, "33.3%"), (0.9996, "100.0%"), (1.0, "100.0%")])
def test_shares_have_one_decimal(share: float, text: str) -> None:
    assert share_text(share) == text


def test_figures_follow_the_language() -> None:
    with translation.override("fr"):
        assert share_text(0.125) == "12,5\xa0%"
        assert count_text(1234) == "1\xa0234"
