"""Runs the command over a shop where a few things were bought."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.cast import NOW
from tests.management.conftest import Ran
from tests.personalization.recommend.training.conftest import bought, empty_cache, goods, models, version

__all__ = ["bought", "empty_cache", "goods", "models", "version"]


@pytest.fixture
def personalization() -> Callable[..., Ran]:
    """`manage.py personalization …` at NOW; a CommandError is told as Django tells it on the command line."""

    def run(*arguments: str, err: StringIO | None = None) -> Ran:
        out, err, code = StringIO(), err or StringIO(), 0
        try:
            with time_machine.travel(NOW, tick=False):
                call_command("personalization", *arguments, stdout=out, stderr=err)
        except CommandError as error:
            err.write(str(error))
            code = error.returncode
        except SystemExit as leaving:
            code = leaving.code
        return Ran(out.getvalue(), err.getvalue(), code)

    return run
