"""An evaluation on the shop's own orders, kept for the owner to look at."""

from __future__ import annotations

from datetime import date, datetime

from personalization.models import Evaluation
from personalization.recommend.learning.progress import Progress, quiet


def evaluate_shop(fit_until: date, *, now: datetime, progress: Progress = quiet) -> Evaluation:
    """Fit on orders before the shop's midnight of that day, test on those since; kept with its report, or why it failed."""
    raise NotImplementedError
