"""What a strategy is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise

from personalization.recommend.listed import Lists
from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked


class Why(StrEnum):
    """Why a product is recommended; `serving.reasons` has the sentences."""

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
    BEST_SELLER = "best_seller"
    NEW_ARRIVAL = "new_arrival"
    ON_SALE = "on_sale"
    PRICE_DROP = "price_drop"
    BACK_IN_STOCK = "back_in_stock"
    LOW_STOCK = "low_stock"
    PINNED = "pinned"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that a strategy offers. Scores count within one strategy's answer alone."""

    product: str
    score: float
    why: Why
    about: str = ""


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


class Strategy(ABC):
    """One way to recommend. Instances hold nothing, so one serves all."""

    slug: ClassVar[str]
    name: ClassVar[str | Promise]
    """What owners call it."""
    heading: ClassVar[str | Promise]
    """What stands above the list on a page, unless the page says otherwise."""
    needs: ClassVar[frozenset[Need]] = frozenset()
    only_new: ClassVar[bool] = False
    """Whether what was bought before has no place here."""
    may_be_unavailable: ClassVar[bool] = False
    """Whether what is sold out may stand here; nothing that is not for sale ever does."""
    chain: ClassVar[Sequence[str]] = ()
    """Strategies that fill what this one leaves empty, by slug, the first in front. Theirs are not asked."""

    @abstractmethod
    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of lists that it reads, as `recommend.keys` calls them."""

    @abstractmethod
    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """Products, in any order, each at most once; of `lists`, by key, those that are there. Asks no database."""

    def arrange(self, asked: Asked, candidates: Sequence[Candidate], products: Mapping[str, Product]) -> list[Candidate]:
        """The candidates whose products are known, the best in front: by score, unless prices or categories count."""
        return sorted(candidates, key=lambda one: (-one.score, one.product))
