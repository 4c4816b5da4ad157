"""Watching what membership tells and writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from segmentation.signals import segment_entered, segment_left, segments_refreshed


@dataclass
class Ear:
    """What was told, in order."""

    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def hear(self, name: str) -> Callable[..., None]:
        def receiver(sender: Any, **said: Any) -> None:
            said.pop("signal")
            self.told.append((name, {"sender": sender, **said}))

        return receiver

    def moves(self) -> list[tuple[str, str, list[int], str]]:
        """(signal, slug, profiles, cause)."""
        return [(name, said["segment"].slug, said["profiles"], said["cause"]) for name, said in self.told if "segment" in said]


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Hears all of our signals."""
    heard = Ear()
    signals = {"entered": segment_entered, "left": segment_left, "refreshed": segments_refreshed}
    receivers = {name: heard.hear(name) for name in signals}
    for name, signal in signals.items():
        signal.connect(receivers[name])
    yield heard
    for name, signal in signals.items():
        signal.disconnect(receivers[name])


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Makes something happen once, after a refresh has read the shop and before it writes."""
    module = import_module("segmentation.membership.refresh")

    def arrange(act: Callable[[], Any]) -> None:
        original = module.answer_everyone

        def answer(*arguments: Any) -> Any:
            answers = original(*arguments)
            monkeypatch.setattr(module, "answer_everyone", original)
            act()
            return answers

        monkeypatch.setattr(module, "answer_everyone", answer)

    return arrange


class Writes(CaptureQueriesContext):
    """The statements that wrote memberships or the journal."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def moved(self) -> list[str]:
        """ "INSERT membership" and the like, in order."""
        tables = ("membership", "journalentry")
        return [
            f"{query['sql'].split()[0]} {table}"
            for query in self.captured_queries
            for table in tables
            if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
            and f'"regulars_segmentation_{table}"' in query["sql"].split(" WHERE ")[0]
        ]


@pytest.fixture
def writes() -> type[Writes]:
    """`with writes() as written: …; written.moved`"""
    return Writes
