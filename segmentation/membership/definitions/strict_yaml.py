"""As much of YAML as definitions need: mappings, lists and texts, with their lines.

Every scalar is a text: a segment called `no` is no boolean, one called 2024 no number. Whatever makes YAML dangerous or
ambiguous (aliases, tags, keys twice, several documents, deep nesting) is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from segmentation.errors import SegmentError
from segmentation.rules.limits import MAX_SHOWN

MAX_DEPTH = 8
"""Deeper than any definition; a hostile file is refused before it costs anything."""


@dataclass(frozen=True, slots=True)
class Node:
    """A text, a list or a mapping, and the line of the file where it begins."""

    line: int
    value: str | list[Node] | dict[str, Node]


def read_yaml(text: str) -> Node:
    """The one document of a text. Raises SegmentError, with the line, for anything else."""
    try:
        return _Reader(text).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise refusal(line, _("this is no YAML: %(problem)s") % {"problem": error.problem}) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise refusal(line, _("this is no YAML: %(problem)s") % {"problem": error.reason}) from error


def refusal(line: int, message: str) -> SegmentError:
    """What is wrong, with its line."""
    return SegmentError(_("line %(line)d: %(message)s") % {"line": line, "message": message})


def shown(node: Node) -> str:
    """A node as a message repeats it."""
    return cut(node.value) if isinstance(node.value, str) else "…"


def cut(text: str) -> str:
    """A text as a message repeats it: quoted, so that it cannot play tricks on a terminal, and not too long."""
    return repr(text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…")


class _Reader:
    """Builds nodes from the parser's events, and stops at the first that does not belong."""

    def __init__(self, text: str) -> None:
        self._events = yaml.parse(text, Loader=yaml.SafeLoader)

    def document(self) -> Node:
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise refusal(1, _("the file is empty"))
        node = self._node(self._next(), MAX_DEPTH)
        self._next()  # the document ends
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise refusal(_line(after), _("one document is enough"))
        return node

    def _next(self) -> Any:
        return next(self._events)

    def _node(self, event: Any, depth: int) -> Node:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise refusal(line, _("anchors and aliases are refused"))
        if event.tag is not None:
            raise refusal(line, _("the tag %(tag)s is refused") % {"tag": cut(event.tag)})
        if depth == 0:
            raise refusal(line, _("this is nested deeper than %(limit)d") % {"limit": MAX_DEPTH})
        if isinstance(event, yaml.ScalarEvent):
            if not _is_storable(event.value):
                raise refusal(line, _("this text holds characters that no database keeps"))
            return Node(line, event.value)
        return Node(line, self._items(depth) if isinstance(event, yaml.SequenceStartEvent) else self._pairs(depth))

    def _items(self, depth: int) -> list[Node]:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth - 1))
        return items

    def _pairs(self, depth: int) -> dict[str, Node]:
        pairs: dict[str, Node] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth - 1)
            if not isinstance(key.value, str):
                raise refusal(key.line, _("a key must be a text"))
            if key.value in pairs:
                raise refusal(key.line, _("the key %(key)s stands here twice") % {"key": cut(key.value)})
            pairs[key.value] = self._node(self._next(), depth - 1)
        return pairs


def _is_storable(text: str) -> bool:
    """Escapes spell what a file in UTF-8 cannot hold: NUL and halves of characters."""
    return not any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
