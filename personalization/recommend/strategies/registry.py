"""All strategies by slug."""

from __future__ import annotations

from collections.abc import Mapping

from personalization.errors import UnknownStrategy
from personalization.recommend.strategies.back_in_stock import BackInStock
from personalization.recommend.strategies.base import Strategy
from personalization.recommend.strategies.because_you_bought import BecauseYouBought
from personalization.recommend.strategies.because_you_viewed import BecauseYouViewed
from personalization.recommend.strategies.best_sellers import BestSellers
from personalization.recommend.strategies.bought_together import BoughtTogether
from personalization.recommend.strategies.buy_again import BuyAgain
from personalization.recommend.strategies.complements import Complements
from personalization.recommend.strategies.cross_sell import CrossSell
from personalization.recommend.strategies.discover import Discover
from personalization.recommend.strategies.for_you import ForYou
from personalization.recommend.strategies.free_shipping import FreeShipping
from personalization.recommend.strategies.from_search import FromSearch
from personalization.recommend.strategies.from_wishlist import FromWishlist
from personalization.recommend.strategies.new_arrivals import NewArrivals
from personalization.recommend.strategies.on_sale import OnSale
from personalization.recommend.strategies.pinned import Pinned
from personalization.recommend.strategies.price_drop import PriceDrop
from personalization.recommend.strategies.recently_viewed import RecentlyViewed
from personalization.recommend.strategies.similar import Similar
from personalization.recommend.strategies.trending import Trending
from personalization.recommend.strategies.trending_country import TrendingCountry
from personalization.recommend.strategies.trending_segment import TrendingSegment
from personalization.recommend.strategies.up_sell import UpSell
from personalization.recommend.strategies.wishlist_low_stock import WishlistLowStock

_ALL: tuple[Strategy, ...] = (
    ForYou(),
    Discover(),
    BuyAgain(),
    BoughtTogether(),
    Similar(),
    Complements(),
    UpSell(),
    CrossSell(),
    FreeShipping(),
    RecentlyViewed(),
    BecauseYouBought(),
    BecauseYouViewed(),
    FromWishlist(),
    FromSearch(),
    Trending(),
    TrendingCountry(),
    TrendingSegment(),
    BestSellers(),
    NewArrivals(),
    BackInStock(),
    PriceDrop(),
    OnSale(),
    WishlistLowStock(),
    Pinned(),
)

STRATEGIES: Mapping[str, Strategy] = {strategy.slug: strategy for strategy in _ALL}


def strategy_of(slug: str) -> Strategy:
    """The strategy of that slug. Raises UnknownStrategy, which names those that there are."""
    try:
        return STRATEGIES[slug]
    except KeyError:
        raise UnknownStrategy(slug, STRATEGIES) from None
