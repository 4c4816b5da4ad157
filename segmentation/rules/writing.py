"""Tree to text, on one line. A leaf is a function and a line in the table."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from segmentation.rules.tree import (
    Attribute,
    Before,
    Behaviour,
    Below,
    Between,
    Bucket,
    Circle,
    Comparison,
    Duration,
    Group,
    Last,
    Member,
    Node,
    NotLast,
    Nth,
    Pattern,
    Previous,
    Rank,
    Sequence,
    Since,
    SinceLast,
    Test,
    This,
    Value,
    Window,
)
from segmentation.rules.values import IF_UNKNOWN, OPERATORS, Shape

T = TypeVar("T")


def write_whole(group: Group) -> str:
    """A group that stands alone: the rule itself, or what `where` takes."""
    return _joined(group) if len(group.rules) > 1 and not _is_worded(group) else _write_single(group)


def _write_single(group: Group) -> str:
    """A group as one phrase, which is the group again when it is read alone."""
    if _is_worded(group):
        return _write(group)
    if len(group.rules) == 1 and not _is_worded(group.rules[0]):
        return _write(group.rules[0])
    return _worded(group)


def _is_worded(node: Node) -> bool:
    """Whether a node is written as words that make a group, so that standing alone it is the whole."""
    return isinstance(node, Group) and (node.negated or _needs_words(node))


def _needs_words(group: Group) -> bool:
    """Whether infix cannot say what the group is."""
    return group.combinator == "at_least" or (group.combinator == "or" and len(group.rules) == 1)


def _worded(group: Group) -> str:
    words = {"and": "all of", "or": "any of", "at_least": f"at least {group.n} of"}
    return f"{words[group.combinator]} ({', '.join(map(_write, group.rules))})"


def _joined(group: Group) -> str:
    return f" {group.combinator} ".join(map(_write, group.rules))


def _write(node: Node) -> str:
    match node:
        case Group():
            return ("not " if node.negated else "") + (_worded(node) if _needs_words(node) else f"({_joined(node)})")
        case Test():
            return f"{node.field} {_comparison(node.operator, node.value)}"
        case Below():
            return f"{node.quantifier} {node.path} ({write_whole(node.where)})"
    unknown = "" if node.if_unknown == IF_UNKNOWN[0] else f"if unknown {node.if_unknown}"
    return _spaced(_LEAVES[type(node)](node), unknown)


def _spaced(*parts: str | None) -> str:
    """What there is of these, with spaces between."""
    return " ".join(filter(None, parts))


# Leaves


def _attribute(leaf: Attribute) -> str:
    return f"{leaf.field} {_comparison(leaf.operator, leaf.value)}"


def _behaviour(leaf: Behaviour) -> str:
    return f"{_measured(leaf)} {_comparison(leaf.operator, leaf.value)}"


def _measured(leaf: Behaviour | Rank) -> str:
    return f"{leaf.field}.{leaf.measure}({_arguments(leaf.of, _where(leaf.where), _window(leaf.window))})"


def _nth(leaf: Nth) -> str:
    word, number = (leaf.which, None) if isinstance(leaf.which, str) else ("nth", str(leaf.which))
    arguments = _arguments(number, _where(leaf.where), _window(leaf.window), f"test {write_whole(leaf.test)}")
    return f"{leaf.field}.{word}({arguments})"


def _rank(leaf: Rank) -> str:
    end, _, percent = leaf.operator.partition("_")
    return _spaced(
        _spaced(end, leaf.value, percent, "by", leaf.field if leaf.measure is None else _measured(leaf)),
        _maybe("leave at", leaf.leave_at, lambda value: _spaced(value, percent)),
        _maybe("stay", leaf.min_stay, _duration),
    )


def _member(leaf: Member) -> str:
    return _spaced(
        f"{_spelled(leaf.operator)} segment {_quoted(leaf.segment)}",
        _maybe("for at least", leaf.for_at_least, _duration),
        _maybe("entered", _window(leaf.entered), str),
    )


def _bucket(leaf: Bucket) -> str:
    return f"bucket {_quoted(leaf.salt)} {leaf.first} to {leaf.last}"


def _sequence(leaf: Sequence) -> str:
    steps = ", ".join(_spaced(step.field, _where(step.where)) for step in leaf.steps)
    return _spaced(
        f"sequence ({steps})",
        _maybe("within", leaf.within, _duration),
        _window(leaf.window),
        _maybe("then no", leaf.not_then, lambda step: _spaced(step.field, _single_where(step.where))),
    )


def _pattern(leaf: Pattern) -> str:
    return _spaced(
        f"pattern {leaf.field}",
        _where(leaf.where),
        f"{leaf.pattern.replace('_', ' ')} period {_duration(leaf.period)}",
        _maybe("periods", leaf.periods, str),
    )


_LEAVES: dict[type, Callable[[Any], str]] = {
    Attribute: _attribute,
    Behaviour: _behaviour,
    Nth: _nth,
    Rank: _rank,
    Member: _member,
    Bucket: _bucket,
    Sequence: _sequence,
    Pattern: _pattern,
}


# What leaves are made of


def _maybe(words: str, given: T | None, write: Callable[[T], str | None]) -> str | None:
    """The words and what follows them, if anything is given."""
    return None if given is None else _spaced(words, write(given))


def _arguments(*given: str | None) -> str:
    return ", ".join(filter(None, given))


def _where(group: Group | None) -> str | None:
    return _maybe("where", group, write_whole)


def _single_where(group: Group | None) -> str | None:
    """A `where` behind which no comma or parenthesis parts it from what follows."""
    return _maybe("where", group, _write_single)


def _window(window: Window | None) -> str | None:
    return None if window is None else _WINDOWS[type(window)](window)


_WINDOWS: dict[type, Callable[[Any], str]] = {
    Last: lambda window: f"last {_duration(window.duration)}",
    NotLast: lambda window: f"not last {_duration(window.duration)}",
    Between: lambda window: f"between {_quoted(window.start)} and {_quoted(window.end)}",
    Since: lambda window: f"since {_quoted(window.start)}",
    Before: lambda window: f"before {_quoted(window.end)}",
    This: lambda window: f"this {window.period}",
    Previous: lambda window: f"previous {window.period}",
    SinceLast: lambda window: _spaced("since last", window.field, _single_where(window.where)),
}


def _comparison(operator: str, value: Value) -> str:
    match value:
        case None:
            return _spelled(operator)
        case bool():
            return f"{_spelled(operator)} {'true' if value else 'false'}"
        case Duration():
            return f"{_spelled(operator)} {_duration(value)}"
        case Comparison():
            return f"{_spelled(operator)} {_comparison(value.operator, value.value)}"
        case Circle():
            return f"within {value.km} km of ({value.lat}, {value.lon})"
        case (low, high) if operator == "between":
            return f"between {_literal(low)} and {_literal(high)}"
        case tuple():
            return f"{_spelled(operator)} ({', '.join(map(_literal, value))})"
    return f"{_spelled(operator)} {value if OPERATORS[operator].shape is Shape.PERIOD else _literal(value)}"


def _spelled(operator: str) -> str:
    return OPERATORS[operator].text


def _duration(duration: Duration) -> str:
    return f"{duration.n} {duration.unit}{'' if duration.n == 1 else 's'}"


def _literal(value: str) -> str:
    whole, dot, decimals = value.removeprefix("-").partition(".")
    plain = whole.isascii() and whole.isdigit() and (not dot or (decimals.isascii() and decimals.isdigit()))
    return value if plain else _quoted(value)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
