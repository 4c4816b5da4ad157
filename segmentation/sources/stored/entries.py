"""What a file of a shop elsewhere gives: entries, one for each order or other row, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext as _

LINE_COLUMN = re.compile(r"lines\[(\d+)\]\.(\w+)")
"""A column of a line, as a fault names it."""


class Refusal(NamedTuple):
    """What is wrong in the file: in which of its rows, in which of its columns ("" is the whole row)."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class Entry:
    """One row to be pushed, of `relation`, and where it stands in the file.

    `data` is None for an order that does not count, for the reason `left_out`: one that is stored is taken away. `place` tells
    for a canonical column where the file has it. `kept` is what the file has, to be given back if it is refused.
    """

    relation: str
    key: str
    row: int
    kept: Sequence[Any]
    place: Callable[[str], tuple[int, str]]
    data: Mapping[str, Any] | None = None
    left_out: str = ""
    refunds: Sequence[Mapping[str, Any]] = ()
    is_derived: bool = False
    """Whether it is what orders say of something else: their customers, their products."""
    refusals: list[Refusal] = field(default_factory=list)


class Reader(Protocol):
    """One format. Making one reads what tells whether the file is of that format at all: SourceError if it is not."""

    refund_prefix: str
    """What the ids of refunds begin with that come from this format; "" where it has none of its own."""
    warnings: list[str]
    """Grows while the file is read."""
    total: int
    """How many entries there are but those that are derived."""

    def entries(self) -> Iterator[Entry]:
        """What the file gives, in its order."""

    def errors_file(self, path: str) -> ErrorsFile:
        """Where refused entries go; made when the first one comes."""


class ErrorsFile(Protocol):
    """Gives back what was refused, with the reasons, in the format that it came in."""

    def add(self, entry: Entry) -> None:
        """Keep it."""

    def close(self) -> None:
        """All is said."""


def last_of_each(entries: Sequence[Entry], warnings: list[str]) -> list[Entry]:
    """Those that no later entry repeats; how many are repeated is added to the warnings. What is refused anyway stays."""
    last = {(entry.relation, entry.key): number for number, entry in enumerate(entries)}
    kept = [entry for number, entry in enumerate(entries) if entry.refusals or last[entry.relation, entry.key] == number]
    if len(kept) < len(entries):
        warnings.append(_("rows that a later one repeats: %(count)d; the last counts") % {"count": len(entries) - len(kept)})
    return kept
