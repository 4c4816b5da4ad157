"""Workers are stopped at their worst moment and then let go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, current_thread
from typing import Any

import pytest
from django.db import connection

from segmentation.membership import refresh
from segmentation.models import JournalEntry, Membership, Segment
from tests.cast import NOW, journal, members

PATIENCE = 30
"""Seconds after which a race is stuck and the test fails."""

LATER = NOW + timedelta(minutes=1)


class Stop:
    """Holds up the first thread that comes to a function, before or after it has run, until it is let go."""

    def __init__(self, module: Any, name: str, monkeypatch: pytest.MonkeyPatch, *, before: bool = False) -> None:
        self._original = getattr(module, name)
        self._before = before
        self._thread: Any = None
        self.reached, self.go = Event(), Event()
        monkeypatch.setattr(module, name, self)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        if self._thread is not None:
            return self._original(*arguments, **options)
        self._thread = current_thread()
        if self._before:
            self._wait()
            return self._original(*arguments, **options)
        result = self._original(*arguments, **options)
        self._wait()
        return result

    def _wait(self) -> None:
        self.reached.set()
        if not self.go.wait(PATIENCE):
            raise TimeoutError("nobody let us go")

    @contextmanager
    def held(self) -> Iterator[None]:
        """While the block runs, the thread stands there; it goes on even if the block fails."""
        try:
            assert self.reached.wait(PATIENCE), "nobody came by"
            yield
        finally:
            self.go.set()


def somebody_waits_for_a_lock() -> None:
    """Return when a connection to this database is held up by another."""
    pause = Event()
    for _ in range(PATIENCE * 50):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        pause.wait(0.02)
    raise AssertionError("nobody waits for a lock")


def state() -> list[list[tuple]]:
    """Who is in what since when, who came and went, and the sizes."""
    return [
        sorted(Membership.objects.values_list("segment__slug", "profile__key", "since")),
        sorted(JournalEntry.objects.values_list("segment__slug", "profile__key", "entered", "at", "cause", "version")),
        sorted(Segment.objects.values_list("slug", "size")),
    ]


def assert_true_now() -> None:
    """What is stored is what a full refresh would find, and nobody came or went twice in a row."""
    before = [sorted(Membership.objects.values_list("segment", "profile")), JournalEntry.objects.count()]
    refresh(now=LATER + timedelta(hours=1))
    assert [sorted(Membership.objects.values_list("segment", "profile")), JournalEntry.objects.count()] == before
    for segment in Segment.objects.all():
        assert segment.size == (None if segment.state == Segment.State.ARCHIVED else segment.memberships.count())
        inside: dict[str, bool] = {}
        for key, entered, *_ in journal(segment):
            assert inside.get(key, False) is not entered, f"{key} twice in {segment.slug}"
            inside[key] = entered
        assert {key for key, is_in in inside.items() if is_in} == members(segment.slug)
