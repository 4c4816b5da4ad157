"""An evaluation on the shop's own orders, kept for the owner to look at."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.errors import NothingToLearn
from personalization.models import Evaluation
from personalization.recommend.evaluating.evaluate import Report, evaluate
from personalization.recommend.learning.progress import Progress, quiet
from personalization.recommend.training.reading import ShopRead, read_shop
from segmentation.errors import RegularsError

State = Evaluation.State

TOLD_SECONDS = 1.0

DEAD_AFTER = timedelta(hours=12)
"""Nothing takes so long: whoever was at it is gone."""


def midnight(day: date) -> int:
    """The second at which the day begins in the shop."""
    return int(datetime.combine(day, time_of_day(), conf.time_zone).timestamp())


def evaluate_shop(fit_until: date, *, now: datetime, progress: Progress = quiet) -> Evaluation:
    """Fit on orders before the shop's midnight of that day, test on those since; kept with its report, or why it failed.

    The report is `evaluating.evaluate.Report`; each task has `after_rules` beside: the same of what is on sale and in stock
    today alone. Raises SourceError, NothingToLearn.
    """
    rows = Evaluation.objects.filter(shop=conf.shop)
    rows.filter(state=State.RUNNING, started_at__lt=now - DEAD_AFTER).update(
        state=State.FAILED, why=_("The worker that was at it ended before it was done.")
    )
    row = Evaluation.objects.create(shop=conf.shop, fit_until=fit_until, started_at=now)
    begun = time.monotonic()
    try:
        row.report = _report(midnight(fit_until), now, _Telling(row, progress))
        row.state = State.DONE
    except BaseException as error:
        row.state = State.FAILED
        row.why = str(error) if isinstance(error, RegularsError) else f"{type(error).__name__}: {error}"
        raise
    finally:
        row.progress = 100
        row.finished_at = now + timedelta(seconds=time.monotonic() - begun)
        row.save()
    return row


class _Telling:
    """Tells the row how far the work is, now and then."""

    def __init__(self, row: Evaluation, progress: Progress) -> None:
        self._row, self._progress = row, progress
        self._told_at = time.monotonic()

    def __call__(self, share: float, what: str) -> None:
        self._progress(share, what)
        if time.monotonic() - self._told_at >= TOLD_SECONDS:
            self._told_at = time.monotonic()
            Evaluation.objects.filter(pk=self._row.pk).update(progress=int(100 * share))

    def part(self, start: float, end: float) -> Progress:
        """Of a part of the work."""
        return lambda share, what: self(start + (end - start) * share, what)


def _report(moment: int, now: datetime, telling: _Telling) -> dict[str, Any]:
    telling(0.0, "reading")
    shop = read_shop(now=now)
    report = evaluate(shop.purchases, moment, described=shop.described, progress=telling.part(0.1, 0.7))
    found = asdict(report)
    for task, scores in _after_rules(shop, report, moment, telling.part(0.7, 1.0)).items():
        found["tasks"][task]["after_rules"] = scores
    return found


def _after_rules(shop: ShopRead, report: Report, moment: int, progress: Progress) -> Mapping[str, Any]:
    """Scores by task of what can be had today, by the same settings; none where nothing of that was bought."""
    purchases = shop.purchases
    had = {product.id for product in shop.products.values() if product.is_active and product.is_in_stock}
    is_had = np.array([product in had or not shop.products for product in purchases.products], np.bool_)
    if is_had.all():
        return {task: _scores(scores) for task, scores in report.tasks.items()}
    try:
        lines = purchases.only(is_had[purchases.product])
        after = evaluate(lines, moment, choice=report.choice, described=shop.described, progress=progress)
    except NothingToLearn:
        return {}
    return {task: _scores(scores) for task, scores in after.tasks.items()}


def _scores(scores: Mapping[str, Any]) -> dict[str, Any]:
    return {name: scores[name] for name in ("n", "recall_at_10", "ndcg_at_10", "coverage") if name in scores}
