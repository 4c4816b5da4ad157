"""What somebody looked at last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.listed import Lists
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why


class RecentlyViewed(Strategy):
    """What somebody looked at last."""

    slug = "recently_viewed"
    name = _("Recently viewed")
    heading = _("You looked at these")
    needs = frozenset({Need.VIEWS})
    is_capped = False

    def keys(self, asked: Asked) -> Iterable[str]:
        """None."""
        return []

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """The last in front."""
        return [Candidate(product, -float(place), Why.VIEWED) for place, product in enumerate(dict.fromkeys(asked.viewed))]
