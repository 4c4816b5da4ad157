"""Segments that refer to each other in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def circles(references: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """For each segment that lies on a circle, a shortest way back to itself, itself at both ends.

    `references` has the segments that each refers to. A segment that only leads to a circle is not on it.
    """
    ways = {start: _way_back(start, references) for start in references}
    return {start: way for start, way in ways.items() if way}


def _way_back(start: str, references: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Breadth first; empty if there is none."""
    seen: set[str] = set()
    ways: list[tuple[str, ...]] = [(start,)]
    while ways:
        longer = [(*way, after) for way in ways for after in references.get(way[-1], ())]
        found = next((way for way in longer if way[-1] == start), None)
        if found:
            return found
        fresh = {way[-1]: way for way in longer if way[-1] not in seen}
        seen |= fresh.keys()
        ways = list(fresh.values())
    return ()
