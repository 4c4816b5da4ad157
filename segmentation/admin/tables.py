"""Tables that stand on a page beside the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. The first cell of a row names it; cells are text or safe HTML.

    `name` is the section's id on the page, `empty` what stands there instead of no rows, `note` a line below the rows.
    A folded one opens by a click.
    """

    name: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    empty: str = ""
    note: str = ""
    is_folded: bool = False
