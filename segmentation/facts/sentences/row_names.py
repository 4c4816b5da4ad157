"""What the rows behind an answer are called: "A1", and where that does not say what it is "order A1" or "order A1 line 12"."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import pgettext_lazy

from segmentation.facts.relations import spaced
from segmentation.facts.sentences.messages import Message
from segmentation.kernel.evidence import RowName

_OWN: dict[str, Message] = {
    "orders": pgettext_lazy("row", "order %(key)s"),
    "spend": pgettext_lazy("row", "order %(key)s"),
    "carts": pgettext_lazy("row", "cart %(key)s"),
    "refunds": pgettext_lazy("row", "refund %(key)s"),
    "wishlist_items": pgettext_lazy("row", "wishlist item %(key)s"),
    "events": pgettext_lazy("row", "event %(key)s"),
}
"""Relation -> a row that is called by its own key."""

_PART: dict[str, Message] = {
    "order_lines": pgettext_lazy("row", "order %(key)s line %(part)s"),
    "cart_lines": pgettext_lazy("row", "cart %(key)s line %(part)s"),
    "refunds": pgettext_lazy("row", "order %(key)s refund %(part)s"),
    "spend": pgettext_lazy("row", "order %(key)s refund %(part)s"),
}
"""Relation -> a row that belongs to an order or a cart."""

_ALONE: dict[str, Message] = {"refunds": _OWN["refunds"], "spend": _OWN["refunds"]}
"""Relation -> a row that might belong to an order and does not."""

_UNKNOWN = pgettext_lazy("row", "%(relation)s %(key)s")
_UNKNOWN_PART = pgettext_lazy("row", "%(relation)s %(key)s row %(part)s")


def rows_named(rows: Sequence[RowName]) -> tuple[str, ...]:
    """The name of each; the key alone where all are of one relation and called by their own keys."""
    if len({row.relation for row in rows}) == 1 and not any(row.part for row in rows):
        return tuple(row.key for row in rows)
    return tuple(map(_named, rows))


def _named(row: RowName) -> str:
    words = {"relation": spaced(row.relation), "key": row.key, "part": row.part}
    if not row.part:
        return _OWN.get(row.relation, _UNKNOWN) % words
    if row.part == row.key:
        return _ALONE.get(row.relation, _UNKNOWN) % words
    return _PART.get(row.relation, _UNKNOWN_PART) % words
