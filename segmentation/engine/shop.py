"""The shop as the engine sees it: its source, its facts, its calendar."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.conf import conf
from segmentation.facts import Catalogue, catalogue_of
from segmentation.facts.scores import stored_scores
from segmentation.kernel.moments import Calendar
from segmentation.sources import ShopSource, active_source


@dataclass(frozen=True)
class Shop:
    """What rules are asked of."""

    name: str
    source: ShopSource
    catalogue: Catalogue
    calendar: Calendar


def active_shop() -> Shop:
    """The shop of the settings. Raises ConfigurationError or SourceError if it cannot be had."""
    source = active_source()
    shop = conf.shop
    catalogue = catalogue_of(source, conf.base_currency, conf.profiling_consent, lambda: stored_scores(shop))
    return Shop(shop, source, catalogue, Calendar(conf.time_zone_name, conf.week_start))
