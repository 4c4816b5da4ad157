"""Celery tasks: ids in, five lines each, idempotent; all work is elsewhere."""

from __future__ import annotations

from datetime import date

from celery import shared_task
from django.utils import timezone

from personalization.errors import TrainingBusy
from personalization.recommend.training.evaluate_shop import evaluate_shop
from personalization.recommend.training.train import train


@shared_task
def train_recommender() -> None:
    """A new version of the recommender; nothing to do while another worker trains one."""
    try:
        train(now=timezone.now())
    except TrainingBusy:
        return


@shared_task
def evaluate(day: str) -> None:
    """The models tested on the shop's own orders, trained on those before an ISO date."""
    evaluate_shop(date.fromisoformat(day), now=timezone.now())
