"""An evaluation on the shop's own orders, kept for the owner to look at."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

from django.db import router, transaction
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.errors import NothingToLearn, TrainingBusy
from personalization.models import Evaluation
from personalization.recommend.evaluating.evaluate import evaluate
from personalization.recommend.learning.progress import Progress, quiet
from personalization.recommend.training.reading import read_shop, report_of
from segmentation.errors import RefreshBusy, RegularsError
from segmentation.membership.lease import Held, hold

State = Evaluation.State

TOLD_SECONDS = 1.0


def midnight(day: date) -> int:
    """The second at which the day begins in the shop."""
    return int(datetime.combine(day, time_of_day(), conf.time_zone).timestamp())


def evaluate_shop(fit_until: date, *, now: datetime, progress: Progress = quiet) -> Evaluation:
    """Fit on orders before the shop's midnight of that day, test on those since; kept with its report, or why it failed.

    The report is `evaluating.evaluate.Report`; each task has `after_rules` beside: the same of what is on sale and in stock
    today alone. Raises SourceError, NothingToLearn, and TrainingBusy while another worker tests.
    """
    try:
        with hold(f"evaluation:{conf.shop}") as held:
            return _evaluated(fit_until, now, progress, held)
    except RefreshBusy as error:
        raise TrainingBusy(_("another worker tests the recommender; try again when it is done")) from error


def _evaluated(fit_until: date, now: datetime, progress: Progress, held: Held) -> Evaluation:
    rows = Evaluation.objects.filter(shop=conf.shop)
    # Whoever was at these held the lease that is ours.
    rows.filter(state=State.RUNNING).update(state=State.FAILED, why=_("The worker that was at it ended before it was done."))
    row = Evaluation.objects.create(shop=conf.shop, fit_until=fit_until, started_at=now)
    begun = time.monotonic()
    try:
        row.report = _report(fit_until, now, _Telling(row, progress, held))
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
    """Tells the row how far the work is, now and then, and goes on holding the lease."""

    def __init__(self, row: Evaluation, progress: Progress, held: Held) -> None:
        self._row, self._progress, self._held = row, progress, held
        self._told_at = time.monotonic()

    def __call__(self, share: float, what: str) -> None:
        self._progress(share, what)
        if time.monotonic() - self._told_at >= TOLD_SECONDS:
            self._told_at = time.monotonic()
            with transaction.atomic(using=router.db_for_write(Evaluation)):
                self._held.renew()
                Evaluation.objects.filter(pk=self._row.pk).update(progress=int(100 * share))

    def part(self, start: float, end: float) -> Progress:
        """Of a part of the work."""
        return lambda share, what: self(start + (end - start) * share, what)


def _report(fit_until: date, now: datetime, telling: _Telling) -> dict[str, Any]:
    telling(0.0, "reading")
    shop, moment = read_shop(now=now), midnight(fit_until)
    if not len(shop.purchases.before(moment)):
        raise NothingToLearn(_("nobody whom the shop knows bought anything before %(day)s") % {"day": fit_until})
    found = evaluate(shop.purchases, moment, described=shop.described, allowed=shop.available, progress=telling.part(0.1, 1.0))
    return report_of(found)
