"""What a strategy is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from operator import itemgetter
from typing import ClassVar, NamedTuple

from django.utils.functional import Promise

from personalization.recommend.listed import Lists
from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked


class Why(StrEnum):
    """Why a product is recommended; `serving.reasons` has the sentences."""

    TASTE = "taste"
    """By all that was bought, and no product above others."""
    BOUGHT_BEFORE = "bought_before"
    BECAUSE_BOUGHT = "because_bought"
    """`about` is the product that was bought."""
    BECAUSE_VIEWED = "because_viewed"
    BECAUSE_WISHED = "because_wished"
    TOGETHER = "together"
    """`about` is the product whose baskets it lies in."""
    GOES_WITH_CART = "goes_with_cart"
    SIMILAR = "similar"
    BETTER = "better"
    COMPLETES = "completes"
    """Goes with `about`, from another category."""
    FREE_DELIVERY = "free_delivery"
    VIEWED = "viewed"
    SEARCHED = "searched"
    """`about` is what was searched for."""
    TRENDING = "trending"
    TRENDING_COUNTRY = "trending_country"
    """`about` is an ISO 3166 code."""
    TRENDING_SEGMENT = "trending_segment"
    """`about` is a slug."""
    BEST_SELLER = "best_seller"
    NEW_ARRIVAL = "new_arrival"
    ON_SALE = "on_sale"
    PRICE_DROP = "price_drop"
    BACK_IN_STOCK = "back_in_stock"
    LOW_STOCK = "low_stock"
    PINNED = "pinned"


class Candidate(NamedTuple):
    """A product that a strategy offers. Scores count within one strategy's answer alone."""

    product: str
    score: float
    why: Why
    about: str = ""


BY_PRODUCT, BY_SCORE = itemgetter(0), itemgetter(1)
"""Sorting by two keys one after the other is quicker than by pairs of them."""


class Need(StrEnum):
    """What a strategy cannot do without; whoever lacks it gets the next of the chain."""

    PERSON = "person"
    VIEWS = "views"
    SEGMENT = "segment"
    COUNTRY = "country"
    PRODUCT = "product"
    BASKET = "basket"
    WISHES = "wishes"
    QUERY = "query"


HAS: Mapping[Need, Callable[[Asked], object]] = {
    Need.PERSON: lambda asked: asked.person,
    Need.VIEWS: lambda asked: asked.viewed,
    Need.SEGMENT: lambda asked: asked.segments,
    Need.COUNTRY: lambda asked: asked.country,
    Need.PRODUCT: lambda asked: asked.products,
    Need.BASKET: lambda asked: asked.basket,
    Need.WISHES: lambda asked: asked.wishes,
    Need.QUERY: lambda asked: asked.query.strip(),
}
"""Need -> what is asked with it; empty where it is not there."""


class Strategy(ABC):
    """One way to recommend. Instances hold nothing, so one serves all."""

    slug: ClassVar[str]
    name: ClassVar[str | Promise]
    """What owners call it."""
    heading: ClassVar[str | Promise]
    """What stands above the list on a page, unless the page says otherwise."""
    heading_about: ClassVar[str | Promise] = ""
    """The same where all of it is there because of one product, `%(about)s`."""
    needs: ClassVar[frozenset[Need]] = frozenset()
    only_new: ClassVar[bool] = False
    """Whether what was bought before has no place here."""
    may_be_unavailable: ClassVar[bool] = False
    """Whether what is sold out may stand here; nothing that is not for sale ever does."""
    is_capped: ClassVar[bool] = True
    """Whether there may be only so many of a category and a brand; not where all are alike by nature."""
    follows_session: ClassVar[bool] = False
    """Whether what lies near the products looked at last rises."""
    chain: ClassVar[Sequence[str]] = ()
    """Strategies that fill what this one leaves empty, by slug, the first in front. Theirs are not asked."""

    def is_possible(self, asked: Asked) -> bool:
        """Whether all that it needs is there."""
        return all(HAS[need](asked) for need in self.needs)

    @abstractmethod
    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of lists that it reads, as `recommend.keys` calls them."""

    @abstractmethod
    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """Products, in any order, each at most once; of `lists`, by key, those that are there. Asks no database."""

    def arrange(self, asked: Asked, candidates: Sequence[Candidate], products: Mapping[str, Product]) -> list[Candidate]:
        """The candidates whose products are known, the best in front: by score, unless prices or categories count.

        `products` has those of the page too.
        """
        return sorted(sorted(candidates, key=BY_PRODUCT), key=BY_SCORE, reverse=True)
