"""Plain aligned text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from segmentation.conf import conf

NOTHING = "–"  # noqa: RUF001  an en dash is meant


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """A line for the head, if there is one, and one for each row; columns of numbers stand to the right."""
    lines = [list(head)] if head else []
    lines += [[shown(value) for value in row] for row in rows]
    columns = list(zip(*lines, strict=True))
    widths = [max(map(len, column)) for column in columns]
    right = [any(isinstance(value, int | float) for value in column) for column in zip(*rows, strict=True)] or [False] * len(head)
    for line in lines:
        cells = (
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        )
        yield "  ".join(cells).rstrip()


def shown(value: object) -> str:
    """A value in a table: thousands apart, shares (floats) in percent, times in the shop's zone."""
    match value:
        case None:
            return NOTHING
        case float():
            return f"{value:.1%}"
        case int():
            return f"{value:,}"
        case datetime():
            return f"{value.astimezone(conf.time_zone):%Y-%m-%d %H:%M}"
    return str(value)
