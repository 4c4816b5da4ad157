"""Windows that take in no row: those that lie ahead, or end before they begin."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from segmentation.engine.lint.looked import Looked
from segmentation.errors import Problem
from segmentation.kernel.plan import AfterLast, MemberLeaf, selections_of
from segmentation.rules.tree import Window

MESSAGE = gettext_noop("no row can lie in this window: what lies ahead of now never counts")


def warnings(looked: Looked) -> Iterator[Problem]:
    """Conditions whose window is empty at the moment."""
    for path, _, bound in looked.conditions():
        windows = [selection.window for selection in selections_of(bound)]
        if isinstance(bound, MemberLeaf):
            windows.append(bound.entered)
        if any(_is_empty(looked, window) for window in windows):
            yield Problem(path, MESSAGE)


def _is_empty(looked: Looked, window: Window | AfterLast | None) -> bool:
    if window is None or isinstance(window, AfterLast):
        return False
    low, high = looked.calendar.window(window, looked.now) or (0, 1)
    return low >= high
