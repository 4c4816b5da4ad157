"""What somebody will most likely buy next, what they bought before and what is new to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import person_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import SESSION
from personalization.recommend.strategies.rows import products_of


class ForYou(Strategy):
    """What somebody will most likely buy next, what they bought before and what is new to them."""

    slug = "for_you"
    name = _("For you")
    heading = _("For you")
    needs = frozenset({Need.PERSON})
    follows_session = True
    chain = SESSION

    def keys(self, asked: Asked) -> Iterable[str]:
        """The person's row."""
        return [person_key(asked.person)]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """Of the next order."""
        key = person_key(asked.person)
        bought = frozenset(products_of(lists, key, Part.BOUGHT).products)
        new, following = products_of(lists, key, Part.NEW), products_of(lists, key, Part.NEXT)
        because = dict(zip(new.products, new.because, strict=True))
        return [
            Candidate(product, score, Why.BOUGHT_BEFORE)
            if product in bought
            else Candidate(product, score, Why.BECAUSE_BOUGHT, about)
            if (about := own or because.get(product, ""))
            else Candidate(product, score, Why.TASTE)
            for product, score, own in zip(following.products, following.scores, following.because, strict=True)
        ]
