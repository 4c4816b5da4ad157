"""The row of a version while it is trained: how far it is, and what becomes of it, whatever happens to the worker."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import router, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.errors import TrainingBusy
from personalization.models import RecommenderVersion
from personalization.recommend.learning.progress import Progress
from personalization.recommend.training.pruning import delete_lists
from segmentation.errors import LeaseLost, RefreshBusy, RegularsError
from segmentation.membership.lease import Held, hold

log = logging.getLogger(__name__)

State = RecommenderVersion.State

TOLD_SECONDS = 1.0
"""So often at most the row is told how far the work is."""


@dataclass
class Run:
    """One training under its lease. `seconds` is how long each step took."""

    version: RecommenderVersion
    held: Held
    progress: Progress
    clock: Callable[[], float] = time.monotonic
    seconds: dict[str, float] = field(default_factory=dict)
    begun: float = 0.0
    told_at: float = 0.0

    def __post_init__(self) -> None:
        self.begun = self.clock()

    @contextmanager
    def step(self, name: str, start: float, end: float) -> Iterator[Progress]:
        """A part of the work, from one share of the whole to another; gives what tells how far the part is."""
        begun = self.clock()
        self.tell(start, name)
        yield lambda share, what: self.tell(start + (end - start) * min(max(share, 0.0), 1.0), what)
        self.seconds[name] = round(self.clock() - begun, 2)

    def tell(self, share: float, what: str) -> None:
        """How far the whole is; goes on holding the lease. Raises LeaseLost where another worker took it over."""
        self.progress(share, what)
        if self.clock() - self.told_at < TOLD_SECONDS:
            return
        self.told_at = self.clock()
        with transaction.atomic(using=router.db_for_write(RecommenderVersion)):
            self.held.renew()
            self._rows().update(progress=int(100 * share))

    def end(self, state: str, why: str = "") -> None:
        """Write what became of it."""
        version = self.version
        version.state, version.why, version.progress = state, why, 100
        version.finished_at = version.started_at + timedelta(seconds=self.clock() - self.begun)
        with transaction.atomic(using=router.db_for_write(RecommenderVersion)):
            self.held.renew()
            version.save(update_fields=["state", "why", "progress", "finished_at", "popular_at", "card"])

    def fail(self, why: str) -> None:
        """It came to nothing: its lists go. Whoever took over has said so already where the lease is lost."""
        finished = self.version.started_at + timedelta(seconds=self.clock() - self.begun)
        self._rows().update(state=State.FAILED, why=why, finished_at=finished)
        self.version.refresh_from_db()
        delete_lists(self.version)

    def _rows(self) -> QuerySet[RecommenderVersion]:
        return RecommenderVersion.objects.filter(pk=self.version.pk, state=State.TRAINING)


@contextmanager
def training(*, now: datetime, progress: Progress) -> Iterator[Run]:
    """A new version in training, alone in the shop; what is raised inside makes it a failed one, with the reason.

    Raises TrainingBusy while another worker trains.
    """
    try:
        with hold(f"recommender:{conf.shop}") as held:
            _bury_the_dead(now)
            run = Run(_new_version(now), held, progress)
            try:
                yield run
            except BaseException as error:
                run.fail(_reason(error))
                raise
    except RefreshBusy as error:
        raise TrainingBusy(_("another worker trains a recommender; try again when it is done")) from error


def _bury_the_dead(now: datetime) -> None:
    """Whoever was at these held the lease that is ours."""
    for version in RecommenderVersion.objects.filter(shop=conf.shop, state=State.TRAINING):
        why = _("The worker that trained it ended before it was done.")
        RecommenderVersion.objects.filter(pk=version.pk).update(state=State.FAILED, why=why, finished_at=now)
        delete_lists(version)


def _new_version(now: datetime) -> RecommenderVersion:
    numbers = RecommenderVersion.objects.filter(shop=conf.shop).aggregate(last=Max("number"))
    return RecommenderVersion.objects.create(shop=conf.shop, number=(numbers["last"] or 0) + 1, started_at=now)


def _reason(error: BaseException) -> str:
    match error:
        case LeaseLost():
            return _("Another worker took over while it was trained.")
        case RegularsError():
            return str(error)
        case KeyboardInterrupt() | SystemExit():
            return _("It was stopped.")
    return _("Something that should not happen did: %(error)s") % {"error": f"{type(error).__name__}: {error}"}
