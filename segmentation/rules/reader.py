"""What every part of a stored rule is read with: names, texts, whole numbers, and a list of what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from segmentation.errors import Problem
from segmentation.rules.limits import MAX_SHOWN
from segmentation.rules.values import is_clean, is_name

_BUILDER_KEYS = ("id", "path")
_JSON_NAMES = {bool: "true or false", int: "a number", float: "a number", list: "a list", tuple: "a list", dict: "an object"}


class Reader:
    """Reads untrusted data; what is wrong is noted in `problems` with its pointer and read as None."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.leaves = 0

    def wrong(self, path: str, template: str, **params: object) -> None:
        """Note a problem. Returns None, so that a reader can return what this returns."""
        self.problems.append(Problem(path, template, params))

    def keys(self, data: Mapping[str, Any], path: str, known: Collection[str]) -> None:
        """Refuse unknown keys: to ignore one would change the meaning. Only a builder's own bookkeeping is dropped."""
        for key in data:
            if key not in known and key not in _BUILDER_KEYS:
                self.wrong(f"{path}/{_escaped(key)}", "unknown key %(key)s", key=shown(key))

    def name(self, data: Mapping[str, Any], key: str, path: str) -> str | None:
        """What `data` names under a key."""
        value = data.get(key)
        if not isinstance(value, str) or not value:
            return self.wrong(f"{path}/{key}", "%(key)s must name a fact", key=key)
        return value if is_name(value) else self.wrong(f"{path}/{key}", "%(name)s is not a name", name=shown(value))

    def choice(self, value: object, path: str, choices: Collection[str], what: str) -> str | None:
        """One of a few words."""
        if isinstance(value, str) and value in choices:
            return value
        template = "unknown %(what)s %(value)s: it must be one of %(choices)s"
        return self.wrong(path, template, what=what, value=shown(value), choices=", ".join(choices))

    def whole(self, data: Mapping[str, Any], key: str, path: str, least: int, most: int) -> int | None:
        """A JSON integer within these ends."""
        value = data.get(key)
        if type(value) is int and least <= value <= most:
            return value
        template = "%(key)s must be a whole number from %(least)d to %(most)d"
        return self.wrong(f"{path}/{key}", template, key=key, least=least, most=most)

    def text(self, value: object, path: str) -> str | None:
        """A text as it stands, or an integer as decimal text."""
        if isinstance(value, int) and not isinstance(value, bool):
            if abs(value) < 10**15:
                return str(value)
            return self.wrong(path, "the number has more than 15 digits")
        if isinstance(value, float):
            return self.wrong(path, 'write the number as text, such as "80.50": a float is not exact')
        if not isinstance(value, str):
            return self.wrong(path, "the value must be a text")
        if not is_clean(value):
            return self.wrong(path, "the text holds a control or text-direction character")
        return value

    def texts(self, value: object, path: str, exactly: int | None = None) -> tuple[str, ...] | None:
        """A list of texts that is not empty."""
        if not isinstance(value, list | tuple) or not value:
            return self.wrong(path, "the value must be a list")
        if exactly is not None and len(value) != exactly:
            return self.wrong(path, "the list must have exactly %(count)d values", count=exactly)
        read = [self.text(one, f"{path}/{index}") for index, one in enumerate(value)]
        found = tuple(one for one in read if one is not None)
        return found if len(found) == len(read) else None


def shown(value: object) -> str:
    """What stood there, for a message: never long, and never as deep as what a stranger may send."""
    if isinstance(value, str):
        return repr(value) if len(value) <= MAX_SHOWN else f"{value[:MAX_SHOWN]!r}…"
    return "null" if value is None else _JSON_NAMES.get(type(value), "another type")


def _escaped(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")
