"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Protocol

from tqdm import tqdm

Advance = Callable[[int], None]


class Progress(Protocol):
    """Opens the display of one piece of work; the function it gives is called with how many more units are done."""

    def __call__(self, label: str, total: int) -> AbstractContextManager[Advance]:
        """Display `label`, of `total` units."""


@contextmanager
def silent(label: str, total: int) -> Iterator[Advance]:
    """Shows nothing: for tests and scripts."""
    yield lambda units: None


@contextmanager
def bars(label: str, total: int) -> Iterator[Advance]:
    """A progress bar on standard error; none where there is nothing to do."""
    with tqdm(total=total, desc=f"{label:<24}", unit_scale=True, disable=total == 0) as bar:

        def advance(units: int) -> None:
            bar.update(units)

        yield advance


class Counter:
    """What `segmentation`'s long calls want, a function of (done, total), shown by a `Progress`."""

    def __init__(self, label: str, progress: Progress) -> None:
        self._label = label
        self._progress = progress
        self._stack = ExitStack()
        self._advance: Advance | None = None
        self._done = 0

    def __enter__(self) -> Counter:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def __call__(self, done: int, total: int) -> None:
        """So many of `total` are done; the first call opens the display."""
        if self._advance is None:
            self._advance = self._stack.enter_context(self._progress(self._label, total))
        self._advance(done - self._done)
        self._done = done


class Share:
    """What `personalization`'s long calls want, a function of (share done, what is being done), shown by a `Progress`."""

    PARTS = 100

    def __init__(self, label: str, progress: Progress) -> None:
        self._counter = Counter(label, progress)

    def __enter__(self) -> Share:
        return self

    def __exit__(self, *exception: object) -> None:
        self._counter.__exit__()

    def __call__(self, share: float, what: str) -> None:
        """So much of 1 is done."""
        self._counter(int(share * self.PARTS), self.PARTS)
