"""People who might want a product: a score of each product that the owner asks for, which segments may ask.

It is made of the lists that are kept: whoever's list of what is new to them has the product, with a score by its place there. So
it can be had at any time, without the model, and means the same for every product.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db.models import Q
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.errors import NotTrained, UnknownProduct
from personalization.models import RecommendationList, RecommenderVersion
from personalization.recommend.keys import PERSON
from personalization.recommend.listed import LISTED, Part, Ranking, unpacked
from personalization.recommend.product import Products, read_products
from segmentation.errors import RegularsError, SourceError
from segmentation.models.batch import batches
from segmentation.profiles.scores import declared, forget_score, write_scores

log = logging.getLogger(__name__)

PREFIX = "wants_"
"""What the names of these scores begin with."""

TOGETHER = 50
"""Products that are looked for in one reading of the lists."""

MOST_CHARACTERS = 200

_Found = Mapping[str, Mapping[str, float]]
"""Product -> profile key -> score."""


@dataclass(frozen=True, slots=True)
class Audience:
    """A product and how many might want it; `rule` asks for those of them who did not buy it meanwhile."""

    product: str
    title: str
    people: int

    @property
    def name(self) -> str:
        """Of the score."""
        return score_name(self.product)

    @property
    def rule(self) -> str:
        """As text."""
        bought = json.dumps(self.product, ensure_ascii=False)
        return f"score.{self.name} > 0 and order_lines.count(where product_id = {bought}) = 0"


def score_name(product: str) -> str:
    """What the score of a product is called: "85123A" is "wants_85123A", "red-lamp" "wants_red_2d_lamp".

    No two products are called alike: letters and digits stay, any other character is its code point between underscores.
    """
    name = PREFIX + "".join(each if each.isascii() and each.isalnum() else f"_{ord(each):x}_" for each in product)
    # A longer one is a digest behind an underscore that none closes.
    return name if len(name) <= MOST_CHARACTERS else f"{PREFIX}_{hashlib.sha256(product.encode()).hexdigest()}"


def make_audience(product: str, *, now: datetime) -> Audience:
    """Score who might want a product, from now on after every training; its score can be asked at once.

    Raises UnknownProduct, and NotTrained where nothing is served yet.
    """
    titles = _called(product)
    return Audience(product, titles[product].title, score_wants([product], now=now, titles=titles)[product])


def forget_audience(product: str) -> bool:
    """Score it no more; segments that ask the score turn broken. Whether it was scored."""
    return forget_score(score_name(product))


def audiences() -> list[Audience]:
    """The products that are scored, by the names of the scores; one query."""
    return [Audience(kind.about, kind.label, kind.people) for kind in declared(PREFIX) if kind.about]


def score_wants(products: Collection[str], *, now: datetime, titles: Products | None = None) -> dict[str, int]:
    """Write the scores of these products by the lists of the version that is served; how many people have one, by product.

    Raises NotTrained where none is.
    """
    found = dict[str, Mapping[str, float]]()
    for few in batches(sorted(set(products)), TOGETHER):
        found |= _wanted(_served(), few)
    known = titles or {}
    return {
        product: write_scores(
            score_name(product), people, at=now, label=known[product].title if product in known else "", about=product
        )
        for product, people in found.items()
    }


def refresh(*, now: datetime) -> None:
    """The scores of all products that were asked for, by the lists as they are. What goes wrong is logged."""
    try:
        products = [audience.product for audience in audiences()]
        if products:
            score_wants(products, now=now, titles=read_products(products))
    except RegularsError:
        log.exception("who might want a product is as it was before this training")


def _called(product: str) -> Products:
    try:
        found = read_products([product])
    except SourceError as error:  # such as "abc" where ids are numbers
        raise UnknownProduct(product) from error
    if product not in found:
        raise UnknownProduct(product)
    return found


def _served() -> RecommenderVersion:
    version = RecommenderVersion.objects.filter(shop=conf.shop, state=RecommenderVersion.State.ACTIVE).first()
    if version is None:
        raise NotTrained(_("no version is served: train one first"))
    return version


def _wanted(version: RecommenderVersion, products: Collection[str]) -> _Found:
    """Who has which of the products among what is new to them; the first place of a full list is 1, the last near 0."""
    found: dict[str, dict[str, float]] = {product: {} for product in products}
    for key, text in _rows(version, products):
        for place, listed in enumerate(_new(key, text)):
            if listed in found:
                found[listed][key.removeprefix(PERSON)] = (LISTED - place) / LISTED
    return found


def _rows(version: RecommenderVersion, products: Collection[str]) -> Iterator[tuple[str, str]]:
    """(key, packed lists) of people in whose lists one of the products stands; one query."""
    # The database picks those whose text has an id at all, which is few of many.
    named = Q()
    for product in products:
        named |= Q(packed__contains=msgspec.json.encode(product).decode())
    rows = RecommendationList.objects.filter(named, version=version, key__startswith=PERSON)
    return rows.values_list("key", "packed").iterator(chunk_size=500)


def _new(key: str, text: str) -> list[str]:
    try:
        return list(Ranking.of(unpacked(text).get(Part.NEW, ())).products[:LISTED])
    except msgspec.MsgspecError:
        log.exception("the lists of %s cannot be read", key)
        return []
