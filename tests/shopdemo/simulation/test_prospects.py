from __future__ import annotations

import datetime as dt

import pytest

from shopdemo.progress import silent
from shopdemo.shop.models import User
from shopdemo.simulation.prospects import add_prospects

LAST = dt.datetime(2026, 2, 27, 12, 50, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_prospects_joined_within_the_year_and_cannot_log_in() -> None:
    assert add_prospects(LAST, silent) == 150
    users = User.objects.filter(simulated=True)
    assert users.count() == 150
    assert users.filter(date_joined__range=(LAST - dt.timedelta(days=365), LAST)).count() == 150
    assert not users.first().has_usable_password()
    assert set(users.values_list("accepts_email", flat=True)) == {True, False, None}
