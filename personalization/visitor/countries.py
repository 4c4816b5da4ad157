"""The codes of countries that we take for one, and their names."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import to_locale

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
VN VU WF WS XK YE YT ZA ZM ZW
"""

COUNTRIES = frozenset(_CODES.split())
"""ISO 3166-1 alpha-2, and XK, by which GeoIP databases and CDNs call Kosovo.

XX, T1 (Tor), A1, A2 (proxies, satellites), EU, AP (regions) and O1 are what those say when they do not know the country.
"""


def country_of(code: object) -> str:
    """The country's code in capitals, or "" for whatever is none: "gb " is "GB", "XX" is "". Never raises."""
    if not isinstance(code, str) or len(code) > 8:
        return ""
    folded = code.strip().upper()
    return folded if folded in COUNTRIES else ""


@lru_cache(maxsize=2_000)
def country_name(code: str, language: str) -> str:
    """The name of a country, in the reader's language; without Babel, or a name, its code."""
    try:
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415
    except ImportError:
        return code
    try:
        locale: Any = Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError, TypeError):
        return code
    return str(locale.territories.get(code, code))
