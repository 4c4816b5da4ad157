"""What a strategy would recommend to everybody, learned from the orders before a day: for scoring elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from personalization.errors import NothingToLearn, PersonalizationError
from personalization.recommend.learning.choice import choose
from personalization.recommend.learning.fit import Fitted, fit
from personalization.recommend.learning.progress import Progress, quiet
from personalization.recommend.listed import Part
from personalization.recommend.strategies.registry import strategy_of
from personalization.recommend.training.evaluate_shop import midnight
from personalization.recommend.training.reading import as_of, read_shop
from segmentation.store import Purchases

OWN = {"for_you": Part.NEXT, "discover": Part.NEW, "buy_again": Part.AGAIN}
"""Strategies with a list for each person, and which it is."""

ALIKE = {"best_sellers": Part.BEST, "trending": Part.TRENDING}
"""Strategies that recommend the same to everybody."""


def recommend_everyone(
    slug: str, fit_until: date | None, *, now: datetime, progress: Progress = quiet
) -> Iterator[tuple[str, Sequence[str]]]:
    """(what the shop calls the person, product ids, the best in front) of all who bought before the shop's midnight of that day.

    Without a day it learns from all orders. Raises, before the first, UnknownStrategy, PersonalizationError for a strategy that
    answers a page alone, SourceError and NothingToLearn.
    """
    if strategy_of(slug).slug not in {**OWN, **ALIKE}:
        able = ", ".join(sorted({**OWN, **ALIKE}))
        message = _("“%(slug)s” answers what stands on a page, or lies in a cart; for everybody there are %(able)s")
        raise PersonalizationError(message % {"slug": slug, "able": able})
    progress(0.0, "reading")
    shop = read_shop(now=now)
    purchases, moment = shop.purchases, int(now.timestamp())
    if fit_until is not None:
        moment = midnight(fit_until)
        purchases = purchases.before(moment)
    if not len(purchases):
        raise NothingToLearn(_("nobody whom the shop knows bought anything before %(day)s") % {"day": fit_until})
    choice = choose(purchases, progress=lambda share, what: progress(0.1 + 0.6 * share, what))
    fitted = fit(
        purchases,
        choice,
        now=min(moment, as_of(purchases, now)),
        described=shop.described,
        progress=lambda share, what: progress(0.7 + 0.3 * share, what),
    )
    progress(1.0, "")
    return _own(fitted, purchases, OWN[slug]) if slug in OWN else _alike(fitted, purchases, ALIKE[slug])


def _own(fitted: Fitted, purchases: Purchases, part: Part) -> Iterator[tuple[str, Sequence[str]]]:
    names = dict(zip(purchases.keys, purchases.names, strict=True))
    for key, lists in fitted.people():
        yield names[key], [one.product for one in lists[part]]


def _alike(fitted: Fitted, purchases: Purchases, part: Part) -> Iterator[tuple[str, Sequence[str]]]:
    products = [one.product for one in fitted.popular()[part]]
    for person in sorted(set(purchases.person.tolist())):
        yield purchases.names[person], products
