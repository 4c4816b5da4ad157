"""What the shop's owner put there, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.listed import Lists
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Strategy


class Pinned(Strategy):
    """What the shop's owner put there, and nothing else."""

    slug = "pinned"
    name = _("Chosen by hand")
    heading = _("Chosen for you by the shop")

    def keys(self, asked: Asked) -> Iterable[str]:
        """None."""
        return []

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """None: pins of owners come to every strategy."""
        return []
