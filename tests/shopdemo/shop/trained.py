"""A recommender's lists, written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from personalization.models import RecommenderVersion
from personalization.recommend.listed import Listed, Part
from personalization.recommend.lists import forget_lists, write_lists
from personalization.recommend.serving.merchandising import publisher
from personalization.recommend.shelf import shelf
from shopdemo.shop.models import Product

AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)

Rows = Mapping[str, Mapping[Part, Sequence[Product]]]
"""Key of the row -> its parts, the best in front."""


def trained(rows: Rows) -> RecommenderVersion:
    """An active version with these rows."""
    version = RecommenderVersion.objects.create(number=1, state=RecommenderVersion.State.ACTIVE, started_at=AT)
    write_lists(version, [(key, {part: _listed(products) for part, products in parts.items()}) for key, parts in rows.items()])
    forget()
    return version


def forget() -> None:
    """What this process remembers of lists, products and rules."""
    forget_lists()
    shelf.forget()
    publisher.forget()


def _listed(products: Sequence[Product]) -> list[Listed]:
    return [Listed(str(product.pk), 1 - place / 100) for place, product in enumerate(products)]
