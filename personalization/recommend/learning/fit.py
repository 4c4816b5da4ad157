"""All models of one training."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from personalization.errors import NothingToLearn
from personalization.recommend.learning.blocks import ahead, together
from personalization.recommend.learning.catalogue import Catalogue, catalogue_for_people, catalogue_of
from personalization.recommend.learning.choice import Choice
from personalization.recommend.learning.described import Described
from personalization.recommend.learning.history import History, history_of
from personalization.recommend.learning.models import Blend, Scorer, Settings, model
from personalization.recommend.learning.people_lists import PeopleLists
from personalization.recommend.learning.popular_lists import popular_lists
from personalization.recommend.learning.product_lists import ProductLists
from personalization.recommend.learning.progress import Progress, quiet
from personalization.recommend.learning.questions import TASKS
from personalization.recommend.learning.reasons import linear_of
from personalization.recommend.listed import Lists
from segmentation.store.purchases import Purchases

LEAST_SHARED = 5
"""People who bought two products together before a page may say so."""


class Fitted:
    """Models that have learned, and the lists they make. Only products bought before can be in them, but for SIMILAR."""

    def __init__(
        self,
        purchases: Purchases,
        history: History,
        everything: History,
        goods: Catalogue,
        choice: Choice,
        parts: Mapping[str, Sequence[Scorer]],
        described: Mapping[str, Described],
        least_shared: int = LEAST_SHARED,
    ) -> None:
        self.purchases, self.history, self.everything = purchases, history, everything
        self.goods = history if len(history.catalogue) == len(goods) else history_of(purchases, goods, history.now)
        self.choice, self.parts, self.described, self.least_shared = choice, parts, described, least_shared

    def scorer(self, task: str) -> Blend:
        """The blend that answers a task, over the catalogue."""
        return Blend(self.history, self.parts[task], self.choice.settings[task])

    def _basket_of_goods(self) -> Blend:
        """Of very large shops more products go together than can be scored for everybody."""
        if self.goods is self.history:
            return self.scorer("basket")
        settings = self.choice.settings["basket"]
        return Blend(self.goods, together(partial(model, self.goods), settings["parts"]), settings)

    def people(self) -> Iterator[tuple[str, Lists]]:
        """(profile key, NEXT, NEW, AGAIN and BOUGHT) of everyone who bought; `because` of NEW is a product they bought."""
        lists = PeopleLists(self.purchases, self.history, self.everything, self.choice.settings["next"])
        yield from lists.of_all(self.scorer("next"), self.scorer("new"))

    def products(self) -> Iterator[tuple[str, Lists]]:
        """(product, TOGETHER and SIMILAR).

        TOGETHER names nothing that fewer than `least_shared` people bought together with it, and SIMILAR goes by the words
        alone of what fewer people bought both of.
        """
        lists = ProductLists(self.purchases, self.goods, self.described, self.least_shared)
        yield from lists.of_all(self._basket_of_goods())

    def popular(self, among: NDArray[np.bool_] | None = None, country: str = "") -> Lists:
        """TRENDING and BEST, of everyone, of some people (a mask over `Purchases.keys`) or of orders to a country."""
        half_life = self.choice.settings["next"].get("trending")
        return popular_lists(self.purchases, self.everything, half_life, among, country)

    def who_wants(self, product: str, limit: int) -> Sequence[tuple[str, float]]:
        """(profile key, share 0 … 1) of those who never bought the product and most likely will, the likeliest in front.

        The share is of the likeliest one's score. Nobody where the product is not in the catalogue.
        """
        number = self.purchases.number_of_products.get(product, -1)
        item = int(self.history.catalogue.columns[number]) if number >= 0 else -1
        linear = [one for part in self.parts["new"] if (one := linear_of(part)) is not None]
        if item < 0 or not linear:
            return []
        scores = np.sum([part.scores_of(item) for part in linear], axis=0)
        scores[self.history.person[self.history.item == item]] = 0.0
        best = np.argsort(-scores, kind="stable")[: max(limit, 0)]
        best = best[scores[best] > 0]
        highest = float(scores[best[0]]) if len(best) else 1.0
        return [(self.purchases.keys[person], float(scores[person]) / highest) for person in best]


def fit(
    purchases: Purchases,
    choice: Choice,
    *,
    now: int,
    described: Mapping[str, Described] | None = None,
    least_shared: int = LEAST_SHARED,
    progress: Progress = quiet,
) -> Fitted:
    """Learn from all these purchases, as of the second `now`. Raises NothingToLearn where there are none."""
    everything = history_of(purchases, catalogue_of(purchases, 1), now)
    if not len(everything.times):
        raise NothingToLearn("Nobody whom the shop knows has bought anything yet.")
    history = history_of(purchases, catalogue_for_people(purchases), now)
    wanted = {_name(part): part for task in TASKS for part in choice.settings[task]["parts"]}
    made: dict[Hashable, Scorer] = {}
    for (name, part), scorer in ahead(lambda one: model(history, one[1]), wanted.items()):
        made[name] = scorer
        progress(len(made) / len(wanted), part["model"])
    parts = {task: [made[_name(part)] for part in choice.settings[task]["parts"]] for task in TASKS}
    return Fitted(purchases, history, everything, catalogue_of(purchases), choice, parts, described or {}, least_shared)


def _name(part: Settings) -> Hashable:
    """The same for parts of different tasks that one model answers."""
    return frozenset((key, value) for key, value in part.items() if key != "weight")
