"""What a stored report says, where it says it: one that lacks something, or holds something odd, breaks no page."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any


def part(data: Any, *path: str) -> Mapping[str, Any]:
    """The object at that path; an empty one where there is none."""
    found = _at(data, path)
    return found if isinstance(found, Mapping) else {}


def rows(data: Any, *path: str) -> list[Mapping[str, Any]]:
    """The objects of the list at that path."""
    found = _at(data, path)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def number(data: Any, *path: str) -> float | None:
    """The finite number at that path."""
    found = _at(data, path)
    return found if isinstance(found, int | float) and not isinstance(found, bool) and isfinite(found) else None


def text(data: Any, *path: str) -> str:
    """The text at that path; "" where there is none."""
    found = _at(data, path)
    return found if isinstance(found, str) else ""


def pair(data: Any, *path: str) -> tuple[float, float] | None:
    """The two numbers at that path, the lower in front."""
    found = _at(data, path)
    if not isinstance(found, list | tuple) or len(found) != 2:
        return None
    low, high = (number({"value": each}, "value") for each in found)
    return None if low is None or high is None else (min(low, high), max(low, high))


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        data = data.get(name) if isinstance(data, Mapping) else None
    return data
