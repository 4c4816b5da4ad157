"""The demo's exchange rates: approximate, so that prices can be shown in other currencies."""

from __future__ import annotations

from pathlib import Path

from segmentation.conf import conf
from segmentation.models import Rate
from segmentation.sources.rates_files import read_plain
from segmentation.sources.rates_stored import Loaded, store

RATES = Path(__file__).resolve().parent.parent / "data" / "rates.csv"


def load_rates() -> Loaded:
    """Rates of the file for currencies that have none yet; real ones that were loaded stay. The same again changes nothing."""
    known = set(Rate.objects.values_list("base", "quote").distinct())
    quotes = read_plain(RATES, conf.base_currency).quotes
    return store(quote for quote in quotes if (quote.base, quote.quote) not in known)
