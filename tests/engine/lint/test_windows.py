from __future__ import annotations

import pytest

from segmentation.engine.lint.windows import warnings
from tests.engine.lint.looking import warned

MESSAGE = "no row can lie in this window: what lies ahead of now never counts"


@pytest.mark.parametrize(
    "text",
    [
        'orders.count(since "2026-06-02") > 0',
        'orders.count(since "2026-06-01T14:00:01") > 0',  # in Paris, a second after now
        'orders.count(between "2026-06-02" and "2026-07-01") > 0',
        'orders.count(between "2026-05-01T10:00" and "2026-05-01T10:00") > 0',  # half-open
        'orders.first(test gift is true, since "2027-01-01")',
        'top 5 by orders.count(since "2027-01-01")',
        'sequence (orders, orders) since "2027-01-01"',
        'in segment "vip" entered since "2027-01-01"',
    ],
)
def test_windows_that_lie_ahead(text):
    assert warned(warnings, f"orders.count() > 0 and ({text} or orders.count() > 0)") == [("/rules/1/rules/0", MESSAGE)]


@pytest.mark.parametrize(
    "text",
    [
        'orders.count(since "2026-06-01") > 0',
        'orders.count(since "2026-06-01T14:00:00") > 0',
        'orders.count(between "2026-06-01" and "2026-07-01") > 0',
        'orders.count(before "2027-01-01") > 0',
        "orders.count(last 0 days) > 0",
        "orders.count(not last 30 days) > 0",
        "orders.count(this year) > 0",
        "orders.count() > 0",
        "spend.count(since last orders) > 0",
        'in segment "vip"',
        'in segment "vip" entered last 7 days',
        'customer.joined_at after "2027-01-01"',
        'bucket "a" 0 to 5',
        "pattern orders first time period 1 month",
    ],
)
def test_windows_in_which_rows_may_lie(text):
    assert warned(warnings, text) == []
