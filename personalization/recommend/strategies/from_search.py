"""What was bought after the same was searched for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import query_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import ANYWHERE
from personalization.recommend.strategies.rows import candidates_of, products_of


class FromSearch(Strategy):
    """What was bought after the same was searched for."""

    slug = "from_search"
    name = _("From the search")
    heading = _("Others who searched for this bought")
    needs = frozenset({Need.QUERY})
    chain = ANYWHERE

    def keys(self, asked: Asked) -> Iterable[str]:
        """The row of the query."""
        return [query_key(asked.query)]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """About the query."""
        items = products_of(lists, query_key(asked.query), Part.ITEMS)
        return candidates_of(items, Why.SEARCHED, " ".join(asked.query.split()))
