from __future__ import annotations

from typing import Any

import pytest

from personalization.models import Slot
from segmentation.models import Segment
from segmentation.testing import make_segment
from tests.personalization.content.making import make_slot
from tests.rest.conftest import anybody, api, bearer, clerk, logged_in, staff

__all__ = ["anybody", "api", "bearer", "clerk", "logged_in", "staff"]

SLOTS = "/api/content/slots/"
HERO = f"{SLOTS}hero/"
VARIANTS = f"{HERO}variants/"


@pytest.fixture
def slot(db: None) -> Slot:
    return make_slot()


@pytest.fixture
def vip(db: None) -> Segment:
    return make_segment("vip", "orders.count() >= 3", name="VIP")


def faults(response: Any, status: int = 400) -> dict[str, str]:
    """Pointer (or parameter) -> what is wrong there."""
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), response.content
    return {each.get("pointer", each.get("parameter")): each["detail"] for each in response.json()["errors"]}


def codes(response: Any) -> dict[str, str]:
    """Pointer -> the kind of what is wrong there."""
    assert response.status_code == 400, response.content
    return {each["pointer"]: each["code"] for each in response.json()["errors"]}
