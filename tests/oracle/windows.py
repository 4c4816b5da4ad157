"""Which rows a window lets in. One function a window, found by the key that names it in the stored rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from . import time_operators
from .moments import Clock


def duration(window: Any, name: str) -> dict[str, Any]:
    return {"n": window[name], "unit": window["unit"]}


def last(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.last(at, duration(window, "last"), clock)


def not_last(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.not_last(at, duration(window, "not_last"), clock)


def between(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.between(at, window["between"], clock)


def since(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.starts(clock.read(window["since"]), clock) <= at


def before(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.before(at, window["before"], clock)


def this(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.this(at, window["this"], clock)


def previous(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.previous(at, window["previous"], clock)


# The window `since_last` looks at other rows of the person, and so stands with the rows, in `matching`.
WINDOWS: dict[str, Callable[[datetime, Any, Clock], bool]] = {
    "last": last,
    "not_last": not_last,
    "between": between,
    "since": since,
    "before": before,
    "this": this,
    "previous": previous,
}


def in_window(at: datetime | None, window: Any, clock: Clock) -> bool:
    """Whether a row at that time counts. No window (None) means any time up to now.

    A row later than now never counts; a row without a time counts only under no window.
    Raises ValueError for a window that is not known here.
    """
    if at is None:
        return window is None
    if at > clock.now:
        return False
    if window is None:
        return True
    names = [name for name in WINDOWS if name in window]
    if len(names) != 1:
        raise ValueError(f"not a known window: {window}")
    return WINDOWS[names[0]](at, window, clock)
