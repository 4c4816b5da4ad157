"""The house rules that a machine can hold."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
SOURCES = [path for room in ("segmentation", "personalization", "shopdemo") for path in (ROOT / room).rglob("*.py")]


def test_layers_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_file_is_too_long() -> None:
    written = [path for path in SOURCES if path.parent.name != "migrations"]  # those are Django's own words
    assert [f"{path}: {lines}" for path in written if (lines := len(path.read_text().splitlines())) > 400] == []


def test_no_file_is_a_drawer() -> None:
    drawers = {"utils.py", "helpers.py", "services.py", "common.py", "misc.py"}
    assert [str(path) for path in SOURCES if path.name in drawers] == []


def test_the_oracle_knows_nothing_of_the_project() -> None:
    for path in (ROOT / "tests" / "oracle").rglob("*.py"):
        text = path.read_text()
        assert not any(
            f"import {name}" in text or f"from {name}" in text for name in ("segmentation", "shopdemo", "numpy", "django")
        ), path


def test_the_wheel_ships_the_two_apps_only(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for name in ("segmentation", "personalization", "shopdemo"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(tmp_path),
        str(copy),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"segmentation", "personalization"}
    assert {"segmentation/rules/rule.lark", "segmentation/py.typed", "segmentation/migrations/0001_initial.py"} <= set(names)
