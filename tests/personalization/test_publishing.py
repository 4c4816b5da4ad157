"""What is kept by each process, and read again once somebody writes it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError

from personalization.publishing import LOOK_SECONDS, Publisher

Words = Publisher[list[str]]


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Reader:
    """Gives how often it was asked, or fails."""

    def __init__(self) -> None:
        self.times = 0
        self.error: Exception | None = None

    def __call__(self, shop: str) -> list[str]:
        if self.error:
            raise self.error
        self.times += 1
        return [str(self.times)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def other(reader: Reader, clock: Clock) -> Words:
    """Another process's publisher."""
    return Publisher("words", reader, list, clock)


@pytest.fixture
def here(reader: Reader, clock: Clock) -> Words:
    """This process's."""
    return Publisher("words", reader, list, clock)


@pytest.mark.django_db
def test_another_process_sees_a_change_when_it_looks_next(
    here: Words, other: Words, clock: Clock, django_capture_on_commit_callbacks: Any
) -> None:
    assert other.current() == ["1"]
    with django_capture_on_commit_callbacks(execute=True):
        here.changed()
    assert other.current() == ["1"]
    clock.now += LOOK_SECONDS
    assert other.current() == ["2"]
    clock.now += LOOK_SECONDS
    assert other.current() == ["2"]


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_tells_nobody(here: Words, other: Words, clock: Clock) -> None:
    assert other.current() == ["1"]
    here.changed()  # and the test's transaction is never committed
    clock.now += LOOK_SECONDS
    assert other.current() == ["1"]


def test_without_a_word_it_is_read_again_after_a_time(other: Words, clock: Clock, personalize: Any) -> None:
    personalize(CONTENT_SECONDS=30)
    assert other.current() == ["1"]
    clock.now += 29.9
    assert other.current() == ["1"]
    clock.now += 0.1
    assert other.current() == ["2"]


def test_what_was_read_is_shown_while_the_database_fails(
    other: Words, clock: Clock, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    assert other.current() == ["1"]
    reader.error = DatabaseError("gone")
    other.stale()
    assert other.current() == ["1"]
    assert "words cannot be read" in caplog.text
    caplog.clear()
    assert other.current() == ["1"]
    assert caplog.text == ""  # it does not ask again at once
    reader.error = None
    clock.now += LOOK_SECONDS
    assert other.current() == ["2"]


def test_what_was_never_read_is_nothing(other: Words, clock: Clock, reader: Reader) -> None:
    reader.error = DatabaseError("gone")
    assert other.current() == []
    reader.error = None
    clock.now += LOOK_SECONDS
    assert other.current() == ["1"]


@pytest.mark.django_db
def test_a_cache_that_fails_harms_nothing(
    other: Words, clock: Clock, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def fail(*args: object) -> None:
        raise OSError("no cache")

    assert other.current() == ["1"]
    monkeypatch.setattr(cache, "get", fail)
    clock.now += LOOK_SECONDS
    assert other.current() == ["1"]
    monkeypatch.setattr(cache, "set", fail)
    with django_capture_on_commit_callbacks(execute=True):
        other.changed()
    assert not other.is_warm
    assert other.current() == ["2"]


def test_another_shop_has_other_words(other: Words, configure: Any) -> None:
    assert other.current() == ["1"]
    configure(SHOP="other")
    assert other.current() == ["2"]


def test_while_one_reads_the_others_show_what_was_read(reader: Reader, clock: Clock) -> None:
    reached, go = threading.Event(), threading.Event()

    def slow(shop: str) -> list[str]:
        if reader.times:
            reached.set()
            assert go.wait(10)
        return reader(shop)

    shared = Publisher("words", slow, list, clock)
    assert shared.current() == ["1"]
    shared.stale()
    thread = threading.Thread(target=shared.current)
    thread.start()
    assert reached.wait(10)
    assert shared.current() == ["1"]
    go.set()
    thread.join(10)
    assert shared.current() == ["2"]
