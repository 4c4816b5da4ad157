"""What a text may say of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from personalization.content.names import season_name
from personalization.recommend.shelf import shelf
from personalization.visitor.countries import country_name

if TYPE_CHECKING:
    from personalization.visitor.audience import Audience


@dataclass(frozen=True, slots=True)
class Token:
    """A name for templates: what it says and what the owner sees of it in examples. "" is what it says where nothing is known."""

    name: str
    label: str | Promise
    example: str
    says: Callable[[Audience], str]


def _last_viewed(audience: Audience, part: str) -> str:
    products = shelf.products([audience.last_viewed]) if audience.last_viewed else []
    return str(getattr(products[0], part)) if products else ""


TOKENS: Mapping[str, Token] = {
    token.name: token
    for token in (
        Token("first_name", _("the first name of the account"), "Alice", lambda audience: audience.first_name),
        Token(
            "country",
            _("the country they are in"),
            "France",
            lambda audience: country_name(audience.location.country, audience.language),
        ),
        Token("city", _("the city they are in"), "Lyon", lambda audience: audience.location.city),
        Token("last_viewed", _("the product they looked at last"), "Red lamp", lambda audience: _last_viewed(audience, "title")),
        Token(
            "last_viewed_url",
            _("the address of that product"),
            "/products/red-lamp/",
            lambda audience: _last_viewed(audience, "url"),
        ),
        Token("season", _("the season where they are"), "autumn", lambda audience: season_name(audience.season)),
        Token(
            "holiday",
            _("the next holiday where they are"),
            "Christmas",
            lambda audience: next((str(holiday.name) for holiday in audience.holidays), ""),
        ),
        Token("currency", _("the currency they want to see"), "EUR", lambda audience: audience.currency),
    )
}

PRODUCTS = "products"
"""In a Liquid template, the products of the variant: a list to go through, each with the parts below."""

PRODUCT_PARTS = {
    "id": "id",
    "title": "title",
    "price": "price_text",
    "url": "url",
    "image": "image",
    "reason": "reason",
    "place": "position",
}
"""Name in a template -> part of a product's card; the last two are of recommended ones alone."""


def said_to(audience: Audience | None, names: Mapping[str, int]) -> dict[str, object]:
    """The tokens of these names; only they are asked for. To nobody in particular nothing is said: texts show their fallbacks."""
    asked = (TOKENS[name] for name in names if name in TOKENS)
    return {token.name: token.says(audience) if audience is not None else "" for token in asked}
