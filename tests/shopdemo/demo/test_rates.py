from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.conf import settings

from segmentation.models import Rate
from segmentation.sources.rates import shown_rate
from segmentation.sources.rates_files import read_plain
from segmentation.sources.rates_stored import Loaded
from shopdemo.demo.rates import RATES, load_rates

pytestmark = pytest.mark.django_db


def test_every_currency_of_the_demo_has_a_rate():
    assert read_plain(RATES, "GBP").refusals == []
    load_rates()

    assert {code for code in settings.PERSONALIZATION["CURRENCIES"] if not shown_rate(code, date(2026, 1, 1))} == set()
    assert shown_rate("PLN", date(2026, 1, 1)) == Fraction(5)


def test_a_second_time_changes_nothing():
    first = load_rates()

    assert (first.added, first.changed) == (9, 0)
    assert load_rates() == Loaded()


def test_real_rates_stay():
    Rate.objects.create(base="PLN", quote="GBP", day=date(2025, 1, 1), rate="0.21")

    assert load_rates().added == 8
    assert list(Rate.objects.filter(base="PLN").values_list("rate", flat=True)) == [Decimal("0.21")]
