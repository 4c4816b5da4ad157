"""What rows of lists are called."""

from __future__ import annotations

PERSON = "person:"
PRODUCT = "product:"
COUNTRY = "country:"
SEGMENT = "segment:"
SHELF = "shelf:"
QUERY = "query:"

EVERYONE = "everyone"
"""The row with what is popular anywhere."""

SHELVES = ("new_arrivals", "on_sale", "price_drop", "back_in_stock")
"""The shelves that there are, called like the strategies that show them; each row has Part.ITEMS."""


def person_key(profile_key: str) -> str:
    """Of the person with that profile key, "user:17"."""
    return f"{PERSON}{profile_key}"


def product_key(product: str) -> str:
    """Of the product."""
    return f"{PRODUCT}{product}"


def country_key(country: str) -> str:
    """What is popular in a country."""
    return f"{COUNTRY}{country}"


def segment_key(slug: str) -> str:
    """What is popular among the members of a segment."""
    return f"{SEGMENT}{slug}"


def shelf_key(name: str) -> str:
    """A shelf, such as "on_sale"."""
    return f"{SHELF}{name}"


def query_key(query: str) -> str:
    """What was bought after that was searched for; spelling and spaces count as little as they can. It has Part.ITEMS."""
    return f"{QUERY}{' '.join(query.casefold().split())[:80]}"
