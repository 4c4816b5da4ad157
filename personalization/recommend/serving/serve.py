"""The one flow behind tags, slots, previews and REST."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import nlargest
from operator import attrgetter
from typing import Any

from personalization.conf import conf
from personalization.recommend.keys import person_key
from personalization.recommend.listed import Lists
from personalization.recommend.lists import read_lists
from personalization.recommend.product import Product
from personalization.recommend.serving.house import GONE, house_of
from personalization.recommend.serving.merchandising import wanted
from personalization.recommend.serving.places import Filling, Placed, pinned
from personalization.recommend.serving.ranking import ranked
from personalization.recommend.serving.reasons import Sentences, about_product, heading, reason, translated
from personalization.recommend.serving.session import MOST_VIEWS, pull
from personalization.recommend.serving.stock import Stock
from personalization.recommend.shelf import shelf
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Strategy, Why
from personalization.recommend.strategies.neighbours import neighbour_keys
from personalization.recommend.strategies.registry import strategy_of

MOST = 50
"""Products of one answer; whoever asks for more gets these."""

MOST_OFFERED = 80
"""Candidates of a strategy, by score, whose products are asked for."""

LEAST_OF_CHAIN = 20
"""The same of each strategy that fills what it leaves empty, and twice the limit where that is more."""

PLENTY = 4
"""Of a strategy that offers so many times the limit the products are asked for alone: its chain is hardly ever come to."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """A product with its place in the answer: `source` is the strategy it came from, `reason` a sentence for the customer."""

    product: Product
    position: int
    """1 is in front."""
    source: str
    why: Why
    about: str
    reason: str
    score: float
    propensity: float = 1.0
    """How likely it was to stand at this place."""

    # What templates ask of an item.

    @property
    def id(self) -> str:
        """Of the product, as are the others."""
        return self.product.id

    @property
    def title(self) -> str:
        """Never ""."""
        return self.product.title

    @property
    def url(self) -> str:
        """ "" where the shop has no page for it."""
        return self.product.url

    @property
    def image(self) -> str:
        """ "" where the shop has none."""
        return self.product.image

    @property
    def price(self) -> Any:
        """In whole units of the shop's currency, or None."""
        return self.product.price

    @property
    def price_text(self) -> str:
        """As the reader's language writes it."""
        return self.product.price_text


@dataclass(frozen=True, slots=True)
class Removed:
    """A product that a rule of the house took out, or that an owner did."""

    product: str
    title: str
    source: str
    rule: str
    """Code of the rule, of `serving.house.RULES`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a strategy recommends. `version` is the id of the recommender's version, None where none is trained."""

    strategy: str
    version: int | None
    items: Sequence[Recommended]
    removed: Sequence[Removed] = ()
    heading: str = ""
    """What may stand above the list; "" above none."""


def recommend(
    slug: str, asked: Asked, *, limit: int = 8, keeps_removed: bool = False, draw: Callable[[], float] = random.random
) -> Answer:
    """At most `limit` products by a strategy and, where it leaves places empty, by its chain; in at most two queries.

    One query is for lists, one for products, each for what this process does not remember. One more takes a process that has read
    no rules of merchandising, and, where rules of the house take out three in four of what the strategy offers, one that does not
    remember what its chain offers. With `keeps_removed` it says what rules took out on the way, for previews. `draw` gives
    numbers from 0 to below 1, for the share of RECOMMEND_EXPLORE. Raises UnknownStrategy, ValueError for a limit below 1.
    """
    strategy = strategy_of(slug)
    if limit < 1:
        raise ValueError(f"a list has at least one product, not {limit}")
    limit = min(limit, MOST)
    links = [link for link in (strategy, *map(strategy_of, strategy.chain)) if link.is_possible(asked)]
    keys = _keys(strategy, links, asked)
    version, lists = read_lists(conf.shop, keys) if keys else (None, {})
    rules = wanted(slug, asked)
    offers = Offers(links, asked, lists, max(2 * limit, LEAST_OF_CHAIN))
    own = [one.product for one in offers.of(links[0])] if links else []
    portions = [partial(offers.names, links[:1])] if len(own) >= PLENTY * limit else []
    stock = Stock(shelf, *portions, partial(offers.names, links))
    stock.need([*rules.pins, *asked.products[:MOST], *asked.basket[:MOST], *own])
    products = stock.found
    filling = Filling(house_of(strategy, asked, lists, products, rules), products, conf.recommend_explore, draw)
    pins = [(place, pinned(product, slug)) for product, place in rules.pins.items()]
    placed = filling.fill(pins, _candidates(filling, asked, lists, offers, stock), limit)
    stock.need([name for one in placed if (name := about_product(one.candidate))])
    sentences = translated()
    items = [_recommended(one, position, products, sentences) for position, one in enumerate(placed, 1)]
    removed = [_removed(products, *one) for one in filling.removed] if keeps_removed else []
    return Answer(slug, version, items, removed, heading(items, strategy_of, products))


def _keys(strategy: Strategy, links: Sequence[Strategy], asked: Asked) -> list[str]:
    """The rows that are read, each once."""
    keys = [key for link in links for key in link.keys(asked)]
    if any(link.follows_session for link in links):
        keys += neighbour_keys(asked.viewed[:MOST_VIEWS])
    if strategy.only_new and asked.person:
        keys.append(person_key(asked.person))
    return list(dict.fromkeys(keys))


class Offers:
    """What each strategy of a chain offers, worked out when it is come to."""

    def __init__(self, links: Sequence[Strategy], asked: Asked, lists: Mapping[str, Lists], most_of_chain: int) -> None:
        self.links = links
        self._asked, self._lists, self._most_of_chain = asked, lists, most_of_chain
        self._made: dict[str, list[Candidate]] = {}

    def of(self, link: Strategy) -> list[Candidate]:
        """The best by score, in no order."""
        if link.slug not in self._made:
            candidates = list(link.candidates(self._asked, self._lists))
            # Asked for in order: the first that offers anything makes the list, whichever that is.
            most = self._most_of_chain if any(self._made.values()) else MOST_OFFERED
            if len(candidates) > most:
                candidates = nlargest(most, candidates, key=attrgetter("score"))
            self._made[link.slug] = candidates
        return self._made[link.slug]

    def names(self, links: Iterable[Strategy]) -> Iterator[str]:
        """Products that these offer, and those that their reasons name."""
        for link in links:
            for one in self.of(link):
                yield one.product
                if about := about_product(one):
                    yield about


def _candidates(filling: Filling, asked: Asked, lists: Mapping[str, Lists], offers: Offers, stock: Stock) -> Iterator[Placed]:
    """Strategy by strategy, each in its order."""
    products, factor = stock.found, filling.house.wanted.factor if filling.house.wanted.boosts else None
    for link in offers.links:
        offered = offers.of(link)
        stock.need([one.product for one in offered])
        known = [one for one in offered if one.product in products]
        if len(known) < len(offered):
            told = {name for name, *_ in filling.removed}
            gone = (one.product for one in offered if one.product not in products)
            filling.removed += [(name, link.slug, GONE) for name in gone if name not in told]
        pulled = pull(lists, asked.viewed, {one.product for one in known}) if link.follows_session else {}
        for candidate, score in ranked(link.arrange(asked, known, products), products, pull=pulled, factor=factor):
            yield Placed(candidate, link.slug, score)


def _recommended(placed: Placed, position: int, products: Mapping[str, Product], sentences: Sentences) -> Recommended:
    one, source, score, propensity = placed
    said = reason(one, products, sentences)
    return Recommended(products[one.product], position, source, one.why, one.about, said, score, propensity)


def _removed(products: Mapping[str, Product], name: str, source: str, rule: str) -> Removed:
    return Removed(name, products[name].title if name in products else "", source, rule)
