"""Values as files spell them, and what is wrong with those of one row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TypeVar

from segmentation.sources.stored.entries import Refusal
from segmentation.sources.stored.values import Wrong, read_time

Value = TypeVar("Value")

_SPACED_OFFSET = re.compile(r"\s+([+-]\d{2}:?\d{2})$")


@dataclass(slots=True)
class Cells:
    """Takes values out of one row of a file and notes which of them cannot be read."""

    row: int
    refusals: list[Refusal] = field(default_factory=list)

    def take(self, column: str, read: Callable[[object], Value], value: object) -> Value | None:
        """The value as `read` has it; None, and a refusal, where that raises Wrong."""
        try:
            return read(value)
        except Wrong as error:
            self.refusals.append(Refusal(self.row, column, str(error)))
            return None


def read_moment(value: object, zone: tzinfo | None) -> datetime:
    """A time such as "2025-10-02 17:09:34 -0300"; one without an offset is in the zone, if one is given. Raises Wrong."""
    text = _SPACED_OFFSET.sub(r"\1", value.strip()) if isinstance(value, str) else value
    if zone is None or not isinstance(text, str):
        return read_time(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return read_time(text)
    return read_time(moment if moment.tzinfo else moment.replace(tzinfo=zone))
