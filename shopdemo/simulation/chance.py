"""Chance that always falls the same way."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

SEED = "django-regulars"


def chance(*subject: str) -> random.Random:
    """A generator of its own for each subject, so that what one thing gets does not hang on how many came before it."""
    return random.Random("/".join((SEED, *subject)))


def moment(dice: random.Random, start: datetime, end: datetime) -> datetime:
    """A moment from `start` to `end`, to the second; `end` if they are the wrong way round."""
    seconds = max(0, int((end - start).total_seconds()))
    return end - timedelta(seconds=dice.randint(0, seconds))
