"""The tests of contrib.oscar, in a process of their own: another user model and other apps need other settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from coverage import Coverage

from segmentation.errors import ConfigurationError
from segmentation.sources import active_source

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "tests" / "contrib" / "oscar"


def test_the_suite_of_oscar() -> None:
    # What it covers lies beside what this process does, and is counted with it.
    run = ["coverage", "run", "--parallel-mode", "-m"] if Coverage.current() else []
    command = [sys.executable, "-m", *run, "pytest", "-q", "-c", str(SUITE / "pytest.ini"), str(SUITE)]
    # On SQLite whatever the others run on: to flush Oscar's hundred tables takes PostgreSQL minutes.
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("source", ["segmentation.contrib.oscar.OscarSource", "tests.contrib.oscar.shop.Shop"])
def test_a_shop_that_is_no_oscar_is_told(configure: Callable[..., None], source: str) -> None:
    configure(SOURCE=source)
    with pytest.raises(ConfigurationError, match=r"needs Oscar's app \w+ in INSTALLED_APPS"):
        active_source()
