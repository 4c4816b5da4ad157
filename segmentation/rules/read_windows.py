"""Windows of a stored rule. A window is a function and a line in the table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from segmentation.rules.read_groups import read_where
from segmentation.rules.read_values import read_units
from segmentation.rules.reader import Reader
from segmentation.rules.tree import Before, Between, Last, NotLast, Previous, Since, SinceLast, This, Window
from segmentation.rules.values import PERIODS


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the window that is known by one key is read, and what else it must or may have."""

    read: Callable[[Reader, Mapping[str, Any], str], Window | None]
    needs: frozenset[str] = frozenset()
    may_have: frozenset[str] = frozenset()


def read_window(reader: Reader, data: object, path: str, own: Collection[str | None] = ()) -> Window | None:
    """A window, if there is one. Since the last row of the relations `own`, whose rows it chooses, there is never one."""
    if data is None:
        return None
    if not isinstance(data, Mapping):
        return reader.wrong(path, "a window must be an object")
    keys = set(data)
    for key, window in _WINDOWS.items():
        if key in keys and {key} | window.needs <= keys <= {key} | window.needs | window.may_have:
            read = window.read(reader, data, path)
            if isinstance(read, SinceLast) and read.field in own:
                template = "since the last of %(name)s there are no %(name)s: ask for another relation"
                return reader.wrong(f"{path}/since_last", template, name=read.field)
            return read
    return reader.wrong(path, "unknown window with %(keys)s", keys=", ".join(sorted(map(str, data))) or "nothing in it")


def _last(reader: Reader, data: Mapping[str, Any], path: str) -> Window | None:
    duration = read_units(reader, data, "last", path)
    return Last(duration) if duration else None


def _not_last(reader: Reader, data: Mapping[str, Any], path: str) -> Window | None:
    duration = read_units(reader, data, "not_last", path)
    return NotLast(duration) if duration else None


def _between(reader: Reader, data: Mapping[str, Any], path: str) -> Window | None:
    pair = reader.texts(data["between"], f"{path}/between", exactly=2)
    return Between(*pair) if pair else None


def _since(reader: Reader, data: Mapping[str, Any], path: str) -> Window | None:
    start = reader.text(data["since"], f"{path}/since")
    return None if start is None else Since(start)


def _before(reader: Reader, data: Mapping[str, Any], path: str) -> Window | None:
    end = reader.text(data["before"], f"{path}/before")
    return None if end is None else Before(end)


def _this(reader: Reader, data: Mapping[str, Any], path: str) -> Window | None:
    period = reader.choice(data["this"], f"{path}/this", PERIODS, "period")
    return This(period) if period else None


def _previous(reader: Reader, data: Mapping[str, Any], path: str) -> Window | None:
    period = reader.choice(data["previous"], f"{path}/previous", PERIODS, "period")
    return Previous(period) if period else None


def _since_last(reader: Reader, data: Mapping[str, Any], path: str) -> Window | None:
    field = reader.name(data, "since_last", path)
    where = read_where(reader, data, "where", path)
    return SinceLast(field, where) if field else None


_UNIT = frozenset({"unit"})

_WINDOWS = {
    "last": _Reading(_last, needs=_UNIT),
    "not_last": _Reading(_not_last, needs=_UNIT),
    "between": _Reading(_between),
    "since": _Reading(_since),
    "before": _Reading(_before),
    "this": _Reading(_this),
    "previous": _Reading(_previous),
    "since_last": _Reading(_since_last, may_have=frozenset({"where"})),
}
