"""docs/rest-segments.md: every call of it, in its order."""

from __future__ import annotations

import json
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shopdemo.shop.models import User
from tests.cast import ago

pytestmark = pytest.mark.django_db

PAGE = (Path(__file__).parents[2] / "docs" / "rest-segments.md").read_text()
CALLS = re.findall(r"^    \$ curl (.*?)\n(?:    HTTP (\d+)\n)?", PAGE, re.MULTILINE)
PREFIX = "$API"


def asked(client: Client, words: str) -> Any:
    """What is answered to a call as the page writes it."""
    given = shlex.split(words)
    method = given[given.index("-X") + 1] if "-X" in given else "GET"
    body = given[given.index("-d") + 1] if "-d" in given else ""
    headers = dict(each.split(": ", 1) for flag, each in pairwise(given) if flag == "-H" and ": " in each)
    (address,) = (each for each in given if each.startswith(PREFIX))
    if body:
        json.loads(body)
    return client.generic(method, f"/api{address.removeprefix(PREFIX)}", body, "application/json", headers=headers)


def test_every_call_of_the_page(cast: Any) -> None:
    User.objects.create_user("friend@shop.test", pk=979, date_joined=ago(9))
    client = Client()
    client.force_login(User.objects.create_superuser("admin@example.com"))
    client.post("/api/segments/", {"slug": "all", "text": "orders.count() >= 0", "state": "live"}, "application/json")
    client.post("/api/segments/all/refresh/")  # everybody is known from now on

    assert len(CALLS) == 19
    for words, status in CALLS:
        response = asked(client, words)
        assert response.status_code in ([int(status)] if status else [200, 201, 204]), (words, response.content)


def test_its_answers_are_json() -> None:
    for answer in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL):
        json.loads(answer)
