from __future__ import annotations

from datetime import datetime
from typing import Any

from personalization.models import RecommenderVersion, ShownList
from tests.cast import NOW


def make_version(number: int = 1) -> RecommenderVersion:
    """One that was trained."""
    return RecommenderVersion.objects.create(number=number, started_at=NOW)


def make_shown(*products: str, at: datetime = NOW, **fields: Any) -> ShownList:
    """A stored list of these products."""
    known: dict[str, Any] = {"strategy": "trending", "slot": "home", "products": list(products), "size": len(products)}
    return ShownList.objects.create(at=at, **known | fields)
