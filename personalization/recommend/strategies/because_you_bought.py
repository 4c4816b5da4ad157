"""What goes with one of somebody's last purchases, which the heading names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import person_key
from personalization.recommend.listed import Listed, Lists, Part, Ranking
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.rows import candidates_of, products_of

ENOUGH = 3
"""A purchase must have so many products that stand there because of it."""


class BecauseYouBought(Strategy):
    """What goes with one of somebody's last purchases, which the heading names."""

    slug = "because_you_bought"
    name = _("Because you bought …")
    heading = _("Because of what you bought")
    heading_about = _("Because you bought %(about)s")
    needs = frozenset({Need.PERSON})
    only_new = True

    def keys(self, asked: Asked) -> Iterable[str]:
        """The person's row."""
        return [person_key(asked.person)]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """What is new to them because of the last purchase that has enough of it, or, where none has, the most."""
        key = person_key(asked.person)
        by_purchase: dict[str, list[Listed]] = {}
        for item in products_of(lists, key, Part.NEW):
            if item.because:
                by_purchase.setdefault(item.because, []).append(item)
        anchor = _anchor(by_purchase, products_of(lists, key, Part.BOUGHT).products)
        return candidates_of(Ranking.of(by_purchase.get(anchor, ())), Why.BECAUSE_BOUGHT, anchor)


def _anchor(by_purchase: Mapping[str, Sequence[Listed]], bought: Sequence[str]) -> str:
    recent = (product for product in bought if len(by_purchase.get(product, ())) >= ENOUGH)
    return next(recent, "") or max(by_purchase, key=lambda product: len(by_purchase[product]), default="")
