"""What somebody never bought and will most likely want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import person_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import SESSION
from personalization.recommend.strategies.rows import products_of


class Discover(Strategy):
    """What somebody never bought and will most likely want."""

    slug = "discover"
    name = _("Something new")
    heading = _("Discover something new")
    needs = frozenset({Need.PERSON})
    only_new = True
    follows_session = True
    chain = SESSION

    def keys(self, asked: Asked) -> Iterable[str]:
        """The person's row."""
        return [person_key(asked.person)]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """Each because of a product that they bought, where one stands out."""
        new = products_of(lists, person_key(asked.person), Part.NEW)
        return [
            Candidate(product, score, Why.BECAUSE_BOUGHT if because else Why.TASTE, because)
            for product, score, because in zip(new.products, new.scores, new.because, strict=True)
        ]
