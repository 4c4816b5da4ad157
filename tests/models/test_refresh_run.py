from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from segmentation.models import RefreshRun
from tests.cast import NOW


def test_a_refresh_goes_by_its_moment():
    assert str(RefreshRun(at=datetime(2026, 6, 1, 12, 5, 59, tzinfo=UTC))) == "2026-06-01 12:05"


@pytest.mark.django_db
def test_a_refresh_is_finished_when_it_is_written():
    before = timezone.now()

    run = RefreshRun.objects.create(at=NOW, people=3, segments=2, ignored={"orders": 1})
    run.refresh_from_db()
    assert (run.shop, run.ignored, run.faults) == ("default", {"orders": 1}, {})
    assert run.finished_at >= before
