"""The admin's cast, by REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.admin.conftest import admin, buyers, loyal, owner, people, person, staff

__all__ = ["admin", "buyers", "looking", "loyal", "owner", "people", "person", "staff"]


@pytest.fixture
def looking(staff: Callable[..., Client]) -> Client:
    """Staff who may look at people and nothing else."""
    return staff("view_profile")


def address(key: str = "", *rest: str) -> str:
    """Of `profiles/…`, as every client encodes it."""
    parts = [quote(key, safe=""), *rest] if key else []
    return "".join(f"{part}/" for part in ["/api/profiles", *parts])


def rows(client: Client, where: str, **query: Any) -> list[dict[str, Any]]:
    """The results of the first page."""
    response = client.get(where, query)
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = response.json()["results"]
    return found
