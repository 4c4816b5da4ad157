from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings as active

from shopdemo import settings

PRINT = """
import json
from shopdemo import settings as s
database = s.DATABASES["default"]
print(json.dumps([str(database["NAME"]), database["HOST"], s.CELERY_BROKER_URL, s.CACHES["default"]["BACKEND"],
                  s.SEGMENTATION["CHANGES"], s.DEBUG]))
"""
MOVES = {
    "DATABASE_URL": "postgres://u@db.test/shop",
    "CELERY_BROKER_URL": "amqp://mq.test",
    "CACHE_URL": "rediscache://r.test:6379/1",
    "SEGMENTATION_CHANGES": "celery",
    "DEBUG": "0",
}


def values(environment: dict[str, str]) -> Any:
    """The settings as a fresh process has them with these environment variables."""
    clean = {key: value for key, value in os.environ.items() if key not in MOVES}
    command = [sys.executable, "-c", PRINT]
    done = subprocess.run(
        command, env={**clean, **environment}, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_sqlite_is_shared_without_waiting() -> None:
    assert settings.database("sqlite:////tmp/shop.sqlite3") == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/tmp/shop.sqlite3",
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def test_other_databases_get_no_options_of_sqlite() -> None:
    config = settings.database("postgres://postgres@127.0.0.1:5432/test")
    assert (config["ENGINE"], config["NAME"], config["PORT"]) == ("django.db.backends.postgresql", "test", 5432)
    assert "OPTIONS" not in config


def test_the_default_broker_is_a_folder_that_is_there() -> None:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    assert options["data_folder_in"] == options["data_folder_out"]
    assert Path(options["data_folder_in"]).is_dir()
    assert Path(options["control_folder"]).is_dir()
    assert options["polling_interval"] == 0.1


def test_without_an_environment_the_demo_needs_no_server() -> None:
    locmem = "django.core.cache.backends.locmem.LocMemCache"
    assert values({}) == [str(settings.VAR_DIR / "demo.sqlite3"), "", "filesystem://localhost//", locmem, "inline", True]


def test_the_environment_moves_the_demo() -> None:
    redis = "django.core.cache.backends.redis.RedisCache"
    assert values(MOVES) == ["shop", "db.test", "amqp://mq.test", redis, "celery", False]


def test_what_runs_at_night_exists() -> None:
    assert {entry["task"] for entry in active.CELERY_BEAT_SCHEDULE.values()} == {
        "segmentation.tasks.refresh",
        "segmentation.tasks.sync",
        "segmentation.tasks.expire_visitors",
        "personalization.tasks.expire_shown",
        "personalization.tasks.refresh_popularity",
        "personalization.tasks.train_recommender",
        "personalization.tasks.watch_products",
    }
