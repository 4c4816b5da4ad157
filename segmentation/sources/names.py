"""Which names a column may have, and which one was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from segmentation.rules.values import WORDS

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")

RESERVED = WORDS
"""A column named like a word of the rule language could not be asked for in a rule."""

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
