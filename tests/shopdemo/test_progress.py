from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shopdemo.progress import Advance, Counter, Share, bars, silent


def test_silence_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with silent("work", 3) as advance:
        advance(3)
    assert capsys.readouterr() == ("", "")


def test_a_bar_says_how_far_it_is_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with bars("work", 3) as advance:
        advance(1)
        advance(2)
    out, err = capsys.readouterr()
    assert out == ""
    assert "work" in err
    assert "3.00/3.00" in err


def test_nothing_to_do_shows_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with bars("work", 0):
        pass
    assert capsys.readouterr() == ("", "")


def test_a_counter_turns_how_many_are_done_into_how_many_more() -> None:
    steps: list[object] = []

    @contextmanager
    def watched(label: str, total: int) -> Iterator[Advance]:
        steps.append((label, total))
        yield steps.append
        steps.append("closed")

    with Counter("work", watched) as counter:
        counter(2, 5)
        counter(5, 5)
    assert steps == [("work", 5), 2, 3, "closed"]
    with Counter("nothing", watched):
        pass
    assert len(steps) == 4


def test_a_share_of_one_is_shown_in_percent() -> None:
    steps: list[object] = []

    @contextmanager
    def watched(label: str, total: int) -> Iterator[Advance]:
        steps.append((label, total))
        yield steps.append
        steps.append("closed")

    with Share("work", watched) as share:
        share(0.25, "reading")
        share(1.0, "")
    assert steps == [("work", 100), 25, 75, "closed"]
