"""How far long work is, on one line of a terminal."""

from __future__ import annotations

from django.core.management.base import OutputWrapper

from personalization.recommend.learning.progress import Progress, quiet
from segmentation.management.segments.console import Console

WIDTH = 30


def bar(console: Console) -> Progress:
    """A bar on standard error; nothing where nobody watches."""
    return _Bar(console.err) if console.err.isatty() else quiet


class _Bar:
    """Draws itself over and over."""

    def __init__(self, err: OutputWrapper) -> None:
        self._err = err

    def __call__(self, share: float, what: str) -> None:
        done = "#" * round(WIDTH * min(share, 1.0))
        self._err.write(f"\r[{done:<{WIDTH}}] {share:4.0%} {what:<20}", style_func=str, ending="")
        if share >= 1:
            self._err.write("", style_func=str)
        self._err.flush()
