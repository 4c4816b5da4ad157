"""What can be wrong with a shop source, found without reading a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemCode(StrEnum):
    """One for each system check that `segmentation.checks` makes of a source."""

    REQUIRED = "required"
    UNKNOWN = "unknown"
    PATH = "path"
    KIND_UNTOLD = "kind_untold"
    KIND_MISMATCH = "kind_mismatch"
    NAME = "name"
    QUERYSET = "queryset"
    RELATION = "relation"
    PREFETCH = "prefetch"


@dataclass(frozen=True)
class SourceProblem:
    """One thing wrong with a source; `column` is "" where the whole relation is meant."""

    code: ProblemCode
    relation: str
    column: str
    message: str
    hint: str = ""

    @property
    def place(self) -> str:
        """The relation and, if any, the column: "orders.total"."""
        return f"{self.relation}.{self.column}" if self.column else self.relation

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
