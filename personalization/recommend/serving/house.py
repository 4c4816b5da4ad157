"""The rules of the house: what is never recommended, whoever asks and whatever a model says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from personalization.conf import conf
from personalization.recommend.keys import person_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.product import Product
from personalization.recommend.serving.merchandising import Wanted
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Strategy
from personalization.recommend.strategies.rows import products_of


def family(product: Product) -> str:
    """What it shares with the other variants of one product."""
    return product.parent or product.id


@dataclass(slots=True)
class Taken:
    """What stands in the answer so far."""

    families: set[str] = field(default_factory=set)
    categories: Counter[str] = field(default_factory=Counter)
    brands: Counter[str] = field(default_factory=Counter)

    def add(self, product: Product) -> None:
        """It stands there."""
        self.families.add(family(product))
        self.categories[product.category] += 1
        self.brands[product.brand] += 1


@dataclass(frozen=True, slots=True)
class House:
    """What the rules go by in one answer. Of the page's products, the basket and the page, variants count as one product."""

    wanted: Wanted
    page: frozenset[str]
    basket: frozenset[str]
    shown: frozenset[str]
    bought: frozenset[str]
    """Empty where what was bought may stand there."""
    may_be_unavailable: bool
    floor: float | None
    category_cap: int | None
    brand_cap: int | None

    def broken_by(self, product: Product | None, taken: Taken) -> str:
        """Code of the first rule that it breaks; "" where it may stand there."""
        if product is None:
            return GONE
        for code, rule in RULES.items():
            if rule.breaks(self, product, taken):
                return code
        return ""


def house_of(
    strategy: Strategy, asked: Asked, lists: Mapping[str, Lists], products: Mapping[str, Product], wanted: Wanted
) -> House:
    """The rules for a strategy asked like this; `products` has those of the page and of the basket."""
    bought = products_of(lists, person_key(asked.person), Part.BOUGHT) if strategy.only_new and asked.person else ()
    return House(
        wanted,
        _with_families(asked.products, products),
        _with_families(asked.basket, products),
        asked.shown,
        frozenset(item.product for item in bought),
        strategy.may_be_unavailable,
        conf.price_floor,
        conf.category_cap if strategy.is_capped else None,
        conf.brand_cap if strategy.is_capped else None,
    )


def _with_families(ids: Collection[str], products: Mapping[str, Product]) -> frozenset[str]:
    return frozenset(ids) | {family(products[one]) for one in ids if one in products}


def _is_of(product: Product, ids: frozenset[str]) -> bool:
    return product.id in ids or family(product) in ids


def _passes(cap: int | None, name: str, counted: Counter[str]) -> bool:
    """What is of no category that we know of is no more of one than of another."""
    return cap is not None and name != "" and counted[name] >= cap


class Rule(NamedTuple):
    """What an owner is told, and whether a product breaks it."""

    label: str | Promise
    breaks: Callable[[House, Product, Taken], bool]


GONE = "gone"

RULES: Mapping[str, Rule] = {
    GONE: Rule(_("the shop does not have it, or it has no title"), lambda house, product, taken: not product.title),
    "inactive": Rule(_("not for sale"), lambda house, product, taken: not product.is_active),
    "sold_out": Rule(_("sold out"), lambda house, product, taken: not (house.may_be_unavailable or product.is_in_stock)),
    "bought": Rule(_("bought before"), lambda house, product, taken: _is_of(product, house.bought)),
    "in_basket": Rule(_("in the cart already"), lambda house, product, taken: _is_of(product, house.basket)),
    "on_its_page": Rule(_("what the page is about"), lambda house, product, taken: _is_of(product, house.page)),
    "shown": Rule(_("on the page already"), lambda house, product, taken: _is_of(product, house.shown)),
    "excluded": Rule(_("excluded by a merchandising rule"), lambda house, product, taken: house.wanted.excludes(product)),
    "too_cheap": Rule(
        _("cheaper than PRICE_FLOOR"),
        lambda house, product, taken: house.floor is not None and product.price is not None and product.price < house.floor,
    ),
    "variant": Rule(_("another variant of what stands there"), lambda house, product, taken: family(product) in taken.families),
    "category_cap": Rule(
        _("too many of its category"),
        lambda house, product, taken: _passes(house.category_cap, product.category, taken.categories),
    ),
    "brand_cap": Rule(
        _("too many of its brand"), lambda house, product, taken: _passes(house.brand_cap, product.brand, taken.brands)
    ),
}
"""Code -> rule, in the order in which they are asked."""
