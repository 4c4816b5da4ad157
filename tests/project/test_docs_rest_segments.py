"""docs/rest-segments.md: every call of it, in its order."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shopdemo.shop.models import User
from tests.cast import ago
from tests.project.calling import answers, ask, calls

pytestmark = pytest.mark.django_db

PAGE = "rest-segments.md"


def test_every_call_of_the_page(cast: Any) -> None:
    User.objects.create_user("friend@shop.test", pk=979, date_joined=ago(9))
    client = Client()
    client.force_login(User.objects.create_superuser("admin@example.com"))
    client.post("/api/segments/", {"slug": "all", "text": "orders.count() >= 0", "state": "live"}, "application/json")
    client.post("/api/segments/all/refresh/")  # everybody is known from now on

    assert len(calls(PAGE)) == 20
    for words, status in calls(PAGE):
        response = ask(client, words)
        assert response.status_code in status, (words, response.content)


def test_its_answers_are_json() -> None:
    assert answers(PAGE)
