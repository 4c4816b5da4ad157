from __future__ import annotations

import pytest
from django.conf import settings

from shopdemo import celery_app


def test_the_application_reads_djangos_settings() -> None:
    assert celery_app.main == "shopdemo"
    assert celery_app.conf.broker_url == settings.CELERY_BROKER_URL
    assert celery_app.conf.task_ignore_result is True
    assert celery_app.conf.timezone == "Europe/London"


@pytest.mark.parametrize("entry", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_every_scheduled_task_is_registered(entry: str) -> None:
    celery_app.loader.import_default_modules()
    assert settings.CELERY_BEAT_SCHEDULE[entry]["task"] in celery_app.tasks
