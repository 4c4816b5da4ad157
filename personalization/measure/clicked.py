"""Somebody opened a product of a shown list."""

from __future__ import annotations

from datetime import datetime, timedelta

from personalization.conf import conf
from personalization.measure.tokens import uid_of
from personalization.models import Click, ShownList

CLICKED_WITHIN = timedelta(days=1)
"""What is opened on a page that was left open longer says nothing of that list."""


def note_click(token: str, position: int, *, now: datetime) -> None:
    """The product at that place (1 is in front) of the list with that token; once, however often it is told. Two queries.

    Nothing is written for a token that was not made here, of a list that is not written (yet) or too old, or for a place that
    it does not have.
    """
    uid = uid_of(token)
    if uid is None:
        return
    recent = ShownList.objects.filter(shop=conf.shop, uid=uid, at__gte=now - CLICKED_WITHIN)
    shown = recent.only("products").first()
    if shown is None or not 1 <= position <= len(shown.products):
        return
    click = Click(shown=shown, position=position, product_id=shown.products[position - 1], at=now)
    Click.objects.bulk_create([click], ignore_conflicts=True)
