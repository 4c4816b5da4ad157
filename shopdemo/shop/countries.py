"""Countries by name, in the language of the page."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from babel import Locale
from django.utils.translation import get_language, to_locale

# CLDR's other two-letter codes are unions, outlying seas and the unknown.
NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})

Choices = tuple[tuple[str, str], ...]


def babel_locale() -> str:
    """The active language as Babel calls it: zh-hant is zh_Hant."""
    return to_locale(get_language() or "en")


def country_choices() -> Choices:
    """(ISO 3166 alpha-2, name) of every country, by name."""
    return _choices(babel_locale())


def country_name(code: str) -> str:
    """The country's name; the code itself where it is none of these."""
    return dict(country_choices()).get(code, code)


@lru_cache(maxsize=8)
def _choices(locale: str) -> Choices:
    names = cast("dict[str, str]", Locale.parse(locale).territories)
    countries = ((code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES)
    return tuple(sorted(countries, key=lambda country: country[1]))
