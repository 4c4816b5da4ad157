"""What was before the evaluation: who was a member of which segment, and which segments are answered together.

A segment in `definitions` gets a new answer in this evaluation, with the owner's word on top. Any other one (a broken
one, or one that is not asked now) answers as it is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

INCLUDED, EXCLUDED = "included", "excluded"


@dataclass(frozen=True)
class Standing:
    """How one person stood to one segment when the last refresh had ended."""

    since: datetime | None = None
    """When the membership that still lasts began; None: no member."""
    left: datetime | None = None
    """The last exit; None: never left (or never in)."""
    word: str | None = None
    """`included` or `excluded` by the owner, whatever the rule says."""

    @property
    def member(self) -> bool:
        return self.since is not None


NEVER_IN = Standing()


@dataclass(frozen=True)
class Prior:
    """The memory that an evaluation starts from."""

    slug: str | None = None
    """Which segment the definition at hand is; None: none that is stored, as in a preview of a new one."""
    definitions: Mapping[str, Any] = field(default_factory=dict)
    """The segments that are answered together."""
    standings: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    """(slug, person's key) -> how that person stood."""

    def of(self, slug: str) -> Prior:
        """The same memory, seen from the definition of that segment."""
        return replace(self, slug=slug)

    def standing(self, slug: str, person_key: str) -> Standing:
        return self.standings.get((slug, person_key), NEVER_IN)

    def own(self, person_key: str) -> Standing:
        """How the person stood to the segment at hand."""
        return NEVER_IN if self.slug is None else self.standing(self.slug, person_key)


NOTHING_BEFORE = Prior()
