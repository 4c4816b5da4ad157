"""From the shop's orders to a new version of its recommender."""

from __future__ import annotations

from datetime import datetime

from personalization.models import RecommenderVersion
from personalization.recommend.learning.progress import Progress, quiet


def train(*, now: datetime, progress: Progress = quiet, switches: bool = True) -> RecommenderVersion:
    """Train a version, write its lists and, unless it does worse than the active one beyond chance, switch to it.

    A training that fails leaves what is served alone, and says why in its version. Raises NothingToLearn, SourceError,
    TrainingBusy.
    """
    raise NotImplementedError
