"""The file's names of countries as ISO 3166 alpha-2."""

from __future__ import annotations

from types import MappingProxyType

# No code: the Channel Islands are two territories (GG and JE), the others name no country.
UNSET = frozenset({"Channel Islands", "European Community", "Unspecified"})

CODES = MappingProxyType(
    {
        "Australia": "AU",
        "Austria": "AT",
        "Bahrain": "BH",
        "Belgium": "BE",
        "Brazil": "BR",
        "Canada": "CA",
        "Cyprus": "CY",
        "Czech Republic": "CZ",
        "Denmark": "DK",
        "EIRE": "IE",
        "Finland": "FI",
        "France": "FR",
        "Germany": "DE",
        "Greece": "GR",
        "Hong Kong": "HK",
        "Iceland": "IS",
        "Israel": "IL",
        "Italy": "IT",
        "Japan": "JP",
        "Lebanon": "LB",
        "Lithuania": "LT",
        "Malta": "MT",
        "Netherlands": "NL",
        "Norway": "NO",
        "Poland": "PL",
        "Portugal": "PT",
        "RSA": "ZA",
        "Saudi Arabia": "SA",
        "Singapore": "SG",
        "Spain": "ES",
        "Sweden": "SE",
        "Switzerland": "CH",
        "USA": "US",
        "United Arab Emirates": "AE",
        "United Kingdom": "GB",
    }
)


def country_code(name: str) -> str:
    """The code of the file's country `name`, "" where it names none. Raises KeyError on a name the file has not."""
    return "" if name in UNSET else CODES[name]
