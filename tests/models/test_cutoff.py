from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from segmentation.models import RankCutoff

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
RANKING = "0123456789abcdef" * 4


def keep(**fields: object) -> RankCutoff:
    """A cut-off with these fields, and others that do for any test."""
    return RankCutoff.objects.create(**{"ranking": RANKING, "day": DAY, "population": 3, **fields})


def test_a_ranking_is_cut_off_once_a_day_and_shop():
    keep()
    for other in ({"day": DAY + timedelta(days=1)}, {"shop": "second"}, {"ranking": RANKING[::-1]}):
        keep(**other)

    with pytest.raises(IntegrityError), transaction.atomic():
        keep(limit="5/1")
    assert RankCutoff.objects.count() == 4


def test_whoever_comes_second_is_not_heard():
    keep(limit="5/1")

    RankCutoff.objects.bulk_create([RankCutoff(ranking=RANKING, day=DAY, population=9, limit="6/1")], ignore_conflicts=True)
    assert RankCutoff.objects.values_list("population", "limit", "leave_at").get() == (3, "5/1", "")


def test_the_longest_fractions_fit():
    limit = f"-{2**63}/{2**63}"
    assert len(limit) < RankCutoff._meta.get_field("limit").max_length

    cutoff = keep(limit=limit, leave_at=limit, population=2**31 - 1)
    cutoff.full_clean()
    cutoff.refresh_from_db()
    assert (cutoff.limit, cutoff.leave_at, cutoff.population) == (limit, limit, 2**31 - 1)


def test_a_cut_off_as_text():
    assert str(keep()) == "01234567 on 2026-06-01"
