from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from personalization import tasks
from personalization.collecting import failing
from personalization.collecting.failing import MOST_A_MINUTE, expire_failed, note_failed
from personalization.collecting.wrong import Wrong
from personalization.models import FailedEvent
from tests.cast import NOW, ago

pytestmark = pytest.mark.django_db

WRONG = Wrong("/product", "This is wrong.", "invalid")


def test_what_was_sent_is_kept_without_what_is_somebodys():
    raw = b'{"query": "anna@example.com", "product": "LAMP\x00", "id": "\xff"}'
    assert note_failed([(raw, WRONG)], now=NOW) == 1
    row = FailedEvent.objects.get()
    assert (row.shop, row.at, row.reason, row.pointer, row.detail) == ("default", NOW, "invalid", "/product", "This is wrong.")
    assert row.event == '{"query": "…", "product": "LAMP", "id": "\ufffd"}'


def test_long_ones_are_cut():
    note_failed([(b"x" * 60_000, Wrong("/" + "p" * 300, "d" * 600, "c" * 100))], now=NOW)
    row = FailedEvent.objects.get()
    assert [len(text) for text in (row.event, row.pointer, row.detail, row.reason)] == [500, 200, 500, 64]


@pytest.mark.parametrize("place", [485, 490, 495, 499])
def test_no_half_of_an_address_is_kept(place):
    note_failed([(b"x" * (place - 1) + b" anna@example.com " + b"y" * 900, WRONG)], now=NOW)
    assert FailedEvent.objects.get().event == ("x" * (place - 1) + " … " + "y" * 900)[:500]


def test_a_few_of_a_batch_and_some_of_a_minute():
    assert note_failed([(b"{}", WRONG)] * 10, now=NOW) == 3
    for _ in range(20):
        note_failed([(b"{}", WRONG)] * 10, now=NOW)
    assert FailedEvent.objects.count() == MOST_A_MINUTE
    assert note_failed([(b"{}", WRONG)], now=NOW + timedelta(minutes=1)) == 1


def test_a_cache_that_fails_harms_nothing(monkeypatch):
    monkeypatch.setattr(cache, "incr", lambda *args: 1 / 0)
    assert note_failed([(b"{}", WRONG)], now=NOW) == 0


def test_they_are_kept_for_days_of_a_setting(personalize, monkeypatch):
    monkeypatch.setattr(failing, "BATCH", 2)
    rows = [FailedEvent(at=ago(days), reason="old") for days in (7.01, 8, 9, 6.99)]
    FailedEvent.objects.bulk_create([*rows, FailedEvent(shop="elsewhere", at=ago(99), reason="theirs")])
    assert expire_failed(now=NOW) == 3
    assert set(FailedEvent.objects.values_list("at", flat=True)) == {ago(6.99), ago(99)}
    personalize(FAILED_EVENT_DAYS=6)
    tasks.expire_shown.delay()
    assert FailedEvent.objects.get().shop == "elsewhere"
