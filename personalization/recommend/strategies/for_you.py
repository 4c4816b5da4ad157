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
        bought = {item.product for item in products_of(lists, key, Part.BOUGHT)}
        because = {item.product: item.because for item in products_of(lists, key, Part.NEW) if item.because}
        return [
            Candidate(one.product, one.score, Why.BOUGHT_BEFORE)
            if one.product in bought
            else Candidate(one.product, one.score, Why.BECAUSE_BOUGHT, about)
            if (about := one.because or because.get(one.product, ""))
            else Candidate(one.product, one.score, Why.TASTE)
            for one in products_of(lists, key, Part.NEXT)
        ]
