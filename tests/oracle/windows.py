"""Which rows a window lets in. One function a window, found by the key that names it in the stored rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from . import time_operators
from .moments import Clock


def last(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.last(at, {"n": window["last"], "unit": window["unit"]}, clock)


def between(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.between(at, window["between"], clock)


def since(at: datetime, window: Any, clock: Clock) -> bool:
    return time_operators.starts(clock.read(window["since"]), clock) <= at


WINDOWS: dict[str, Callable[[datetime, Any, Clock], bool]] = {"last": last, "between": between, "since": since}


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
