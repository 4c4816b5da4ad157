"""The rules of the house: what is never recommended, whoever asks and whatever a model says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from personalization.conf import conf
from personalization.recommend.keys import person_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.product import Product
from personalization.recommend.serving.merchandising import NAMED_BY, Wanted
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Strategy
from personalization.recommend.strategies.rows import products_of


def family(product: Product) -> str:
    """What it shares with the other variants of one product."""
    return product.parent or product.id


Barred = tuple[Callable[[Product], Hashable], Collection[Hashable]]
"""What of a product is looked at, and what it must not be."""


@dataclass(slots=True)
class Capped:
    """Names of which no more than `most` may stand there; any number where it is None."""

    most: int | None
    full: set[str] = field(default_factory=set)
    counted: Counter[str] = field(default_factory=Counter)

    def add(self, name: str) -> None:
        """One more of these stands there."""
        # What is of no category that we know of is no more of one than of another.
        if self.most is not None and name:
            self.counted[name] += 1
            if self.counted[name] >= self.most:
                self.full.add(name)

    def bars(self, name_of: Callable[[Product], str]) -> list[Barred]:
        """Those of a name that is full."""
        return [] if self.most is None else [(name_of, self.full)]


@dataclass(slots=True)
class Taken:
    """What stands in the answer so far."""

    categories: Capped
    brands: Capped
    families: set[str] = field(default_factory=set)

    def add(self, product: Product) -> None:
        """It stands there."""
        self.families.add(family(product))
        self.categories.add(product.category)
        self.brands.add(product.brand)


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
    taken: Taken

    tests: Sequence[tuple[str, Barred]] = field(init=False)
    """(code of a rule, what breaks it), of those rules that can be broken in this answer."""

    def __post_init__(self) -> None:
        tests = [(code, barred) for code, rule in RULES.items() for barred in rule.bars(self)]
        object.__setattr__(self, "tests", tests)

    def broken_by(self, product: Product | None) -> str:
        """Code of the first rule that it breaks; "" where it may stand there."""
        if product is None:
            return GONE
        for code, (name_of, names) in self.tests:
            if name_of(product) in names:
                return code
        return ""


def house_of(
    strategy: Strategy, asked: Asked, lists: Mapping[str, Lists], products: Mapping[str, Product], wanted: Wanted
) -> House:
    """The rules for a strategy asked like this; `products` has those of the page and of the basket."""
    bought = products_of(lists, person_key(asked.person), Part.BOUGHT).products if strategy.only_new and asked.person else ()
    return House(
        wanted,
        _with_families(asked.products, products),
        _with_families(asked.basket, products),
        asked.shown,
        frozenset(bought),
        strategy.may_be_unavailable,
        conf.price_floor,
        Taken(
            Capped(conf.category_cap if strategy.is_capped else None),
            Capped(conf.brand_cap if strategy.is_capped else None),
        ),
    )


def _with_families(ids: Collection[str], products: Mapping[str, Product]) -> frozenset[str]:
    return frozenset(ids) | {family(products[one]) for one in ids if one in products}


class Rule(NamedTuple):
    """What an owner is told, and what products break it in an answer; nothing where none can."""

    label: str | Promise
    bars: Callable[[House], Iterable[Barred]]


GONE = "gone"


def _any_of(ids: frozenset[str]) -> list[Barred]:
    """A product, or another variant of it."""
    return [(attrgetter("id"), ids), (family, ids)] if ids else []


def _cheaper(floor: float | None) -> list[Barred]:
    return [] if floor is None else [(partial(_is_cheaper, floor), YES)]


def _is_cheaper(floor: float, product: Product) -> bool:
    return product.price is not None and product.price < floor


YES, NO = (True,), (False,)

RULES: Mapping[str, Rule] = {
    GONE: Rule(_("the shop does not have it, or it has no title"), lambda house: [(attrgetter("title"), ("",))]),
    "inactive": Rule(_("not for sale"), lambda house: [(attrgetter("is_active"), NO)]),
    "sold_out": Rule(_("sold out"), lambda house: [] if house.may_be_unavailable else [(attrgetter("is_in_stock"), NO)]),
    "bought": Rule(_("bought before"), lambda house: _any_of(house.bought)),
    "in_basket": Rule(_("in the cart already"), lambda house: _any_of(house.basket)),
    "on_its_page": Rule(_("what the page is about"), lambda house: _any_of(house.page)),
    "shown": Rule(_("on the page already"), lambda house: _any_of(house.shown)),
    "excluded": Rule(
        _("excluded by a merchandising rule"),
        lambda house: [(NAMED_BY[kind], values) for kind, values in house.wanted.exclusions.items()],
    ),
    "too_cheap": Rule(_("cheaper than PRICE_FLOOR"), lambda house: _cheaper(house.floor)),
    "variant": Rule(_("another variant of what stands there"), lambda house: [(family, house.taken.families)]),
    "category_cap": Rule(_("too many of its category"), lambda house: house.taken.categories.bars(attrgetter("category"))),
    "brand_cap": Rule(_("too many of its brand"), lambda house: house.taken.brands.bars(attrgetter("brand"))),
}
"""Code -> rule, in the order in which they are asked."""
