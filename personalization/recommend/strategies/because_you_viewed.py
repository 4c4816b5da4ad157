"""What lies near the product looked at last, which the heading names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.listed import Lists
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import POPULAR
from personalization.recommend.strategies.neighbours import around, neighbour_keys

LOOKED_BACK = 5
"""Of so many products looked at last, the first that has neighbours."""


class BecauseYouViewed(Strategy):
    """What lies near the product looked at last, which the heading names."""

    slug = "because_you_viewed"
    name = _("Because you looked at …")
    heading = _("Because of what you looked at")
    heading_about = _("Because you looked at %(about)s")
    needs = frozenset({Need.VIEWS})
    chain = POPULAR

    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of the last views that are not what the page is about."""
        return neighbour_keys(_anchors(asked))

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """Bought together with it, or alike."""
        near = (around(lists, anchor, Why.BECAUSE_VIEWED) for anchor in _anchors(asked))
        return next((found for found in near if found), [])


def _anchors(asked: Asked) -> list[str]:
    return [product for product in asked.viewed[:LOOKED_BACK] if product not in asked.products]
