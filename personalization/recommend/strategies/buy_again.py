"""What somebody bought before and is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import person_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.rows import candidates_of, products_of


class BuyAgain(Strategy):
    """What somebody bought before and is due."""

    slug = "buy_again"
    name = _("Buy again")
    heading = _("Buy again")
    needs = frozenset({Need.PERSON})
    is_capped = False
    follows_session = True

    def keys(self, asked: Asked) -> Iterable[str]:
        """The person's row."""
        return [person_key(asked.person)]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """The most due first."""
        return candidates_of(products_of(lists, person_key(asked.person), Part.AGAIN), Why.BOUGHT_BEFORE)
