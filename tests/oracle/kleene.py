"""Kleene's three truth values: True, False and None for unknown."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def negation(value: Truth) -> Truth:
    if value is None:
        return None
    return not value


def conjunction(values: Iterable[Truth]) -> Truth:
    """False if any is false; else unknown if any is unknown; else true."""
    seen = list(values)
    if False in seen:
        return False
    if None in seen:
        return None
    return True


def disjunction(values: Iterable[Truth]) -> Truth:
    """True if any is true; else unknown if any is unknown; else false."""
    seen = list(values)
    if True in seen:
        return True
    if None in seen:
        return None
    return False


def at_least(n: int, values: Iterable[Truth]) -> Truth:
    """True if n or more are true; false if even all the unknown ones would not suffice; else unknown."""
    seen = list(values)
    if seen.count(True) >= n:
        return True
    if seen.count(True) + seen.count(None) < n:
        return False
    return None
