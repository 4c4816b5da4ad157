"""The tree of errors. No Django here: rules and kernel raise them too.

RegularsError
├── RuleError (ValueError)          a rule that cannot be; carries every problem with its place
├── SourceError                     the shop source failed or is declared wrongly
├── ConfigurationError              a setting that cannot work
├── SegmentError (ValueError)       something asked of a segment that it cannot do
├── MergeError (ValueError)         two profiles that cannot be one person
├── ScoreError (ValueError)         a score that rules could not ask
└── RefreshError
    ├── RefreshBusy                 another refresh holds the lease
    ├── LeaseLost                   the lease was taken over while we worked
    └── ClockWentBack               a stored refresh at a moment before the last one
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


class RegularsError(Exception):
    """The root: catch this to catch everything of ours."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a rule.

    `path` is an RFC 6901 pointer into the stored definition ("" is the whole of it; a text that cannot be
    read has no tree, so its problems carry line and column instead). `template` and `params` are kept apart
    so that a surface can translate the sentence.
    """

    path: str
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None
    column: int | None = None

    @property
    def message(self) -> str:
        """The sentence, in English."""
        return self.template % self.params if self.params else self.template

    def __str__(self) -> str:
        if self.line is not None:
            return f"line {self.line}, column {self.column}: {self.message}"
        return f"{self.path or '/'}: {self.message}"


class RuleError(RegularsError, ValueError):
    """A rule that cannot be read, stored or asked; `problems` has all that was found, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


class SourceError(RegularsError):
    """The shop source is declared wrongly or failed while it was read."""


class ConfigurationError(RegularsError):
    """A setting that cannot work."""


class SegmentError(RegularsError, ValueError):
    """Something asked of a segment that it cannot do."""


class MergeError(RegularsError, ValueError):
    """Two profiles that cannot be made one person."""


class ScoreError(RegularsError, ValueError):
    """A score that rules could not ask: its name, or a value that is no number."""


class RefreshError(RegularsError):
    """A refresh that did not happen; nothing half-done was kept."""


class RefreshBusy(RefreshError):
    """Another refresh holds the lease."""


class LeaseLost(RefreshError):
    """The lease was taken over while we worked: our remaining writes were not made."""


class ClockWentBack(RefreshError):
    """A stored refresh at a moment before the last one is refused; previews may go back."""
