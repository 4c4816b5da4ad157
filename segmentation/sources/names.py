"""Which names a column may have, and which one was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")

WORDS = (
    "and or not in is set last since between where any all none on before after next this previous month week day hour "
    "minute quarter year time true false if unknown at least of contains starts ends with anniversary weekday"
)
RESERVED = frozenset(WORDS.split())
"""Words of the rule language; a column so named could not be asked for in a rule."""

CLOSE = 0.8
"""How alike two names must be (difflib's ratio) for one to be taken as a slip of the other."""


def bad_name(name: str) -> str | None:
    """Why no column can have this name; None where it can."""
    if not IDENTIFIER.fullmatch(name):
        return f'"{name}" is no name for a column: use a-z, 0-9 and _, a letter first'
    if name in RESERVED:
        return f'"{name}" is a word of the rule language'
    return None


def close_name(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `name` is likely a slip of."""
    return next(iter(get_close_matches(name, list(names), n=1, cutoff=CLOSE)), None)
