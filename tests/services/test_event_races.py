"""The same events told many times at once, on a database that lets them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from segmentation.models import Activity, Profile
from tests.personalization.conftest import BROWSER, agree, browser, browser_of, nothing_remembered, storefront
from tests.personalization.rest.test_events import EVENTS, event
from tests.services.racing import PATIENCE

__all__ = ["browser", "browser_of", "nothing_remembered", "storefront"]

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]


def told(original: Client, body: str, barrier: Barrier) -> dict[str, Any]:
    """The answer to one who is another thread of the same browser."""
    again = Client(headers={"User-Agent": BROWSER})
    again.cookies = original.cookies.copy()
    try:
        barrier.wait(PATIENCE)
        response = again.post(EVENTS, body, content_type="text/plain", headers={"Sec-Fetch-Site": "same-origin"})
    finally:
        connections.close_all()
    assert response.status_code == 202, response.content
    said: dict[str, Any] = response.json()
    return said


def all_at_once(browser: Client, *bodies: str) -> list[dict[str, Any]]:
    """Their answers."""
    barrier = Barrier(len(bodies))
    with ThreadPoolExecutor(len(bodies)) as pool:
        return [future.result(PATIENCE) for future in [pool.submit(told, browser, body, barrier) for body in bodies]]


def test_one_batch_told_twenty_times_at_once_is_taken_once(browser: Client) -> None:
    agree(browser)
    del browser.cookies["rg_visit"]
    Activity.objects.all().delete()
    body = json.dumps({"events": [event(str(number)) for number in range(10)]})
    answers = all_at_once(browser, *[body] * 20)
    assert sorted(each["accepted"] for each in answers) == [0] * 19 + [10]
    assert sum(each["repeated"] for each in answers) == 190
    assert sorted(Activity.objects.values_list("kind", "product_id")) == [
        *[("view", str(number)) for number in range(10)],
        ("visit", ""),
    ]


def test_batches_that_share_events_take_each_once(browser: Client) -> None:
    agree(browser)
    browser.get("/plain/")
    Activity.objects.all().delete()
    bodies = [
        json.dumps({"events": [event(str(number)) for number in range(first, first + 10)]}) for first in (0, 3, 6, 9, 0, 3, 6, 9)
    ]
    answers = all_at_once(browser, *bodies)
    assert sum(each["accepted"] for each in answers) == 19
    assert sum(each["accepted"] + each["repeated"] for each in answers) == 80
    assert sorted(int(product) for product in Activity.objects.values_list("product_id", flat=True)) == list(range(19))
    assert Profile.objects.count() == 1
