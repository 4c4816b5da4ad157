"""Settings of the test suite: the demo shop's, on SQLite in memory unless DATABASE_URL says otherwise."""

from __future__ import annotations

import os

from shopdemo.settings import *  # noqa: F403
from shopdemo.settings import INSTALLED_APPS, SEGMENTATION, database

DATABASES = {"default": database(os.environ.get("DATABASE_URL", "sqlite://:memory:"))}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # What a crash would lose is a test: no commit waits for the disk.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"

INSTALLED_APPS = [*INSTALLED_APPS, "tests.sources.zoo", "tests.othershop"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# Tests that are about changes say so; the others would pay for every row they make.
# So do those about consent: the others are about people who agreed.
# Those about limits of the API set some: the others ask as often as they like.
SEGMENTATION = {**SEGMENTATION, "CHANGES": "none", "PROFILING_CONSENT": "none", "API_RATES": None}
LOGGING_CONFIG = None
