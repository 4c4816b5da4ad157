"""Which holidays are near where the visitor is: public ones, and the days that shops keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import override

from personalization.visitor.countries import country_of
from personalization.visitor.public_days import public_days
from personalization.visitor.retail_days import RETAIL_DAYS

PUBLIC_AHEAD = 7
"""Days before a public holiday from which it is "around"."""


class Holiday(NamedTuple):
    """A holiday with its day; the slug is what targets keep, in every country and language the same."""

    slug: str
    name: str
    date: date


class _Window(NamedTuple):
    """A holiday, and when it is "around"."""

    holiday: Holiday
    ahead: int
    lasts: int


@lru_cache(maxsize=4096)
def holidays_around(country: str, region: str, day: date, language: str) -> tuple[Holiday, ...]:
    """Those that are near on that day, by their days; none for a country that is none. Never raises.

    Names are in `language` (as Django spells it) where they are known in it, else in English. `region` is the second half of an
    ISO 3166-2 code ("NSW"), "" or unknown for what the whole country keeps.
    """
    known = country_of(country)
    years = range(max(MINYEAR, day.year - 1), min(MAXYEAR, day.year + 1) + 1) if known else ()
    windows = (window for year in years for window in _year(known, region, year, language))
    near = {window.holiday for window in windows if -window.lasts < (window.holiday.date - day).days <= window.ahead}
    return tuple(sorted(near, key=lambda holiday: (holiday.date, holiday.slug)))


@lru_cache(maxsize=1024)
def _year(country: str, region: str, year: int, language: str) -> tuple[_Window, ...]:
    """All of a country in a year; a day of ours stands for the public holiday of the same slug."""
    ours = {window.holiday.slug: window for window in _retail(country, year, language)}
    public = (Holiday(*each) for each in public_days(country, region, year, language))
    theirs = (_Window(holiday, PUBLIC_AHEAD, 1) for holiday in public if holiday.slug not in ours)
    return (*ours.values(), *theirs)


def _retail(country: str, year: int, language: str) -> Iterator[_Window]:
    with override(language):
        for retail in RETAIL_DAYS:
            rule = retail.rule_in(country)
            day = rule.on(year) if rule else None
            if day:
                yield _Window(Holiday(retail.slug, str(retail.name), day), retail.ahead, retail.lasts)
