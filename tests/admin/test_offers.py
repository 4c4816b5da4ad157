from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from segmentation.admin import offers
from segmentation.admin.links import Tool
from segmentation.models import Profile, Segment
from tests.admin.conftest import person, url


@pytest.fixture(autouse=True)
def nothing_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "_offers", {})


def lead(request: HttpRequest, row: Any) -> Tool | None:
    return Tool(f"Elsewhere <{row}>", f"/elsewhere/{row.pk}/") if request.user.is_superuser else None


def test_a_segment_and_a_person_lead_to_other_apps(admin: Client, buyers: Segment) -> None:
    alice = person("alice")
    for model in (Segment, Profile):
        offers.also_offers(model, lead)
        offers.also_offers(model, lead)
    for page, row in ((url("segment_change", buyers.pk), buyers), (url("profile_change", alice.pk), alice)):
        text = admin.get(page).content.decode()
        assert text.count(f'<li><a href="/elsewhere/{row.pk}/">Elsewhere &lt;{row}&gt;</a></li>') == 1


def test_nobody_is_led_where_they_may_not_go(staff: Any, buyers: Segment) -> None:
    offers.also_offers(Segment, lead)
    assert "/elsewhere/" not in staff("view_segment").get(url("segment_change", buyers.pk)).content.decode()
