"""What a subcommand writes to: JSON alone on standard output, or lines for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.management.base import OutputWrapper

from segmentation.conf import conf
from segmentation.profiles.sync import Progress

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Console:
    """Standard output and standard error of one run; `as_json` is what the user asked for."""

    out: OutputWrapper
    err: OutputWrapper
    as_json: bool

    def tell(self, data: Any, lines: Iterable[str]) -> None:
        """Write the whole answer: `data` as JSON, or the lines."""
        for line in (as_json(data, indent=2),) if self.as_json else lines:
            self.out.write(line)

    def stream(self, items: Iterable[Item], line: Callable[[Item], str]) -> None:
        """Write an answer of any length, item by item: a JSON array, or a line each."""
        if not self.as_json:
            for item in items:
                self.out.write(line(item))
            return
        before = "["
        for item in items:
            self.out.write(f"{before}\n  {as_json(item)}", ending="")
            before = ","
        self.out.write("[]" if before == "[" else "\n]")

    def warn(self, sentence: str) -> None:
        """Say something beside the answer."""
        self.err.write(sentence)

    def counter(self, label: str) -> Progress | None:
        """Tells how far long work is, on one line of a terminal; None where nobody watches."""
        return _Counter(self.out, label) if self.out.isatty() and not self.as_json else None


def as_json(data: Any, indent: int | None = None) -> str:
    """JSON text; times are ISO 8601 with the offset of the shop's zone."""
    return json.dumps(data, indent=indent, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(conf.time_zone).isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")


@dataclass(frozen=True, slots=True)
class _Counter:
    out: OutputWrapper
    label: str

    def __call__(self, done: int, total: int) -> None:
        self.out.write(f"\r{self.label} {done:,} / {total:,}", ending="\n" if done == total else "")
        self.out.flush()
