"""Public holidays, as the library `holidays` has them: by country and region, in the languages that it knows for the country."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.text import slugify

logger = logging.getLogger(__name__)

SAME_AS = {
    "new-years-day": "new-year",
    "christmas-day": "christmas",
    "christmas": "christmas",
    "easter-sunday": "easter",
    "orthodox-easter": "easter",
    "chinese-new-year": "lunar-new-year",
    "chinese-new-year-spring-festival": "lunar-new-year",
    "korean-new-year": "lunar-new-year",
    "mid-autumn-festival": "mid-autumn",
    "deepavali": "diwali",
    "international-womens-day": "womens-day",
    "st-patricks-day": "saint-patricks-day",
    "thanksgiving-day": "thanksgiving",
}
"""What the library calls a day of ours."""

MOVED = re.compile(r"\bsubstituted\b|\bday off\b", re.IGNORECASE)
"""A free day for another one has no name of its own."""

TRANSLATIONS = {
    "zh-hant": ("zh_TW", "zh_HK", "zh_MO"),
    "zh-hans": ("zh_CN", "zh_SG"),
}
"""Languages of ours that the library spells otherwise, the best first."""

ENGLISH = "en"


class PublicDay(NamedTuple):
    """A public holiday; the slug is of its English name."""

    slug: str
    name: str
    date: date


def public_days(country: str, region: str, year: int, language: str) -> list[PublicDay]:
    """Those of a year; none for a country the library does not know, or without the library. Never raises."""
    try:
        import holidays  # noqa: PLC0415  comes with the extra "place"
    except ImportError:
        return []
    try:
        known = holidays.country_holidays(country)
        inside: dict[str, Any] = {"years": year, "observed": False}
        if region in known.subdivisions:
            inside["subdiv"] = region
        spoken = known.supported_languages or ()
        english = holidays.country_holidays(country, language=_spelled(ENGLISH, spoken), **inside)
        wanted = holidays.country_holidays(country, language=_spelled(language, spoken), **inside)
    except NotImplementedError:
        return []
    except Exception:  # thousands of rules, not ours; a page must not fail for one of them
        logger.exception("Public holidays of %s in %s cannot be told", country, year)
        return []
    return _days(english, wanted)


def _spelled(language: str, spoken: tuple[str, ...]) -> str | None:
    """The library's spelling of a language in which it knows this country, else of English; None is the country's own."""
    for code in (language, ENGLISH):
        spellings = TRANSLATIONS.get(code) or (code,)
        exact = [known for spelling in spellings for known in spoken if known.lower() == spelling.replace("-", "_").lower()]
        near = [known for known in spoken if code not in TRANSLATIONS and known.split("_")[0] == code.split("-")[0]]
        # Of several, American English is what the library's slugs come from.
        for found in (*exact, *sorted(near, key=lambda known: known != "en_US")):
            return found
    return None


def _days(english: Mapping[date, str], wanted: Mapping[date, str]) -> list[PublicDay]:
    """One for each name, at its first day: of three days of New Year only one begins it."""
    found: dict[str, PublicDay] = {}
    for day in sorted(english):
        originals, names = english[day].split("; "), wanted.get(day, "").split("; ")
        for place, original in enumerate(originals):
            slug = slugify(original)
            if slug and not MOVED.search(original):
                name = names[place] if len(names) == len(originals) else original
                found.setdefault(SAME_AS.get(slug, slug), PublicDay(SAME_AS.get(slug, slug), name, day))
    return list(found.values())
