"""Celery tasks of personalization: ids and dates in, five lines each, idempotent; all work is elsewhere."""

from __future__ import annotations

from datetime import date

from celery import shared_task
from django.utils import timezone

from personalization.collecting.failing import expire_failed
from personalization.errors import TrainingBusy
from personalization.measure import expire
from personalization.recommend.training import catching_up, evaluate_shop, freshness
from personalization.recommend.training.train import train


@shared_task
def train_recommender() -> None:
    """A new version, served unless it does worse; nothing to do while another worker trains one."""
    try:
        train(now=timezone.now())
    except TrainingBusy:
        return


@shared_task
def refresh_popularity() -> None:
    """What is popular, the shelves and what was found by searching, of the version that is served."""
    freshness.refresh_popularity(now=timezone.now())


@shared_task
def refresh_people(keys: list[str]) -> None:
    """Lists of people whose orders changed."""
    freshness.refresh_people(keys, now=timezone.now())


@shared_task
def catch_up() -> None:
    """What the version that was just switched to has not seen."""
    version = freshness.active_version()
    if version is not None:
        catching_up.catch_up(version, now=timezone.now())


@shared_task
def watch_products() -> None:
    """Prices that fell, and products that came back."""
    freshness.watch_products(now=timezone.now())


@shared_task
def evaluate(fit_until: str) -> None:
    """A test on the shop's own orders, learned from those before that date (ISO 8601); nothing while another worker tests."""
    try:
        evaluate_shop.evaluate_shop(date.fromisoformat(fit_until), now=timezone.now())
    except TrainingBusy:
        return


@shared_task
def expire_shown() -> None:
    """Lists that were shown long ago, and events that could not be taken, deleted."""
    expire.expire_shown(now=timezone.now())
    expire_failed(now=timezone.now())
