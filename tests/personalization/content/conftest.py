from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def personalise(settings: Any) -> Any:
    """Change settings of PERSONALIZATION for one test: `personalise(STRICT_CACHE=True)`."""

    def change(**changed: object) -> None:
        settings.PERSONALIZATION = {**getattr(settings, "PERSONALIZATION", {}), **changed}

    return change
