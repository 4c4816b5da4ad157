from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from personalization.content.published import publisher
from personalization.recommend.shelf import shelf


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """A process remembers slots and products; a test does not inherit them."""
    cache.clear()
    publisher.forget()
    shelf.forget()
    yield
    publisher.forget()
    shelf.forget()


@pytest.fixture
def personalise(settings: Any) -> Any:
    """Change settings of PERSONALIZATION for one test: `personalise(STRICT_CACHE=True)`."""

    def change(**changed: object) -> None:
        settings.PERSONALIZATION = {**getattr(settings, "PERSONALIZATION", {}), **changed}

    return change
