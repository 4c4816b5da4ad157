"""How far a long work is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]
"""Called with the share done, 0 … 1, and what is being done."""


def quiet(share: float, what: str) -> None:
    """Tells nobody."""
