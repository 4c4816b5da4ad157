"""Somebody opened a product of a shown list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

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
    clicks = _clicks([(token, position)], now)
    if clicks[0] is not None:
        Click.objects.bulk_create([clicks[0]], ignore_conflicts=True)


class Noted(StrEnum):
    """What became of a click that was told."""

    NEW = "new"
    BEFORE = "before"
    UNKNOWN = "unknown"
    """Of no such list, or no such place of it."""


def note_clicks(told: Sequence[tuple[str, int]], *, now: datetime) -> list[Noted]:
    """The same of several, each a token and a place; what became of each. Three queries at most."""
    clicks = _clicks(told, now)
    fresh = {(click.shown_id, click.position): click for click in reversed(clicks) if click is not None}
    if not fresh:
        return [Noted.UNKNOWN] * len(told)
    before = set(Click.objects.filter(shown__in={shown for shown, _ in fresh}).values_list("shown", "position"))
    new = [click for place, click in fresh.items() if place not in before]
    Click.objects.bulk_create(new, ignore_conflicts=True)
    return [Noted.UNKNOWN if click is None else Noted.NEW if click in new else Noted.BEFORE for click in clicks]


def _clicks(told: Sequence[tuple[str, int]], now: datetime) -> list[Click | None]:
    """Unsaved; None for a token or a place that there is none of. One query, none where no token is ours."""
    uids = [uid_of(token) for token, _ in told]
    asked = {uid for uid in uids if uid is not None}
    if not asked:
        return [None] * len(told)
    recent = ShownList.objects.filter(shop=conf.shop, uid__in=asked, at__gte=now - CLICKED_WITHIN).only("uid", "products")
    lists = {shown.uid: shown for shown in recent}
    return [_click(lists.get(uid) if uid else None, position, now) for uid, (_, position) in zip(uids, told, strict=True)]


def _click(shown: ShownList | None, position: int, now: datetime) -> Click | None:
    if shown is None or not 1 <= position <= len(shown.products):
        return None
    return Click(shown=shown, position=position, product_id=shown.products[position - 1], at=now)
