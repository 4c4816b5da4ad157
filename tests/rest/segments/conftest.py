"""Loyal customers (Alice) and French ones (Bob), filled at noon, which it still is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from segmentation.membership import define, refresh
from segmentation.models import Segment
from tests.cast import NOW

TEXT = "orders.count() >= 3"
RULE: dict[str, Any] = {
    "version": 1,
    "semantics": 1,
    "base_currency": "GBP",
    "combinator": "and",
    "rules": [{"kind": "behaviour", "field": "orders", "measure": "count", "operator": ">=", "value": "3"}],
}
HERE = "regulars_segmentation"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def loyal(cast: Any) -> Segment:
    """Alice is in."""
    return define("loyal", TEXT, name="Loyal customers", description="They stay.", now=NOW)


@pytest.fixture
def french(cast: Any) -> Segment:
    """Bob is in."""
    return define("french", 'customer.country = "FR"', name="French", now=NOW)


@pytest.fixture
def filled(loyal: Segment, french: Segment) -> None:
    """Both are answered."""
    refresh(now=NOW)


def faults(response: Any) -> list[dict[str, Any]]:
    """What is wrong, of a problem."""
    assert response["Content-Type"] == "application/problem+json", response.content
    found: list[dict[str, Any]] = response.json().get("errors", [])
    return found


def said(response: Any) -> tuple[int, str, str]:
    """Status, kind and detail of a problem."""
    data = response.json()
    return response.status_code, data["type"].removeprefix("urn:regulars:problem:"), data.get("detail", "")
