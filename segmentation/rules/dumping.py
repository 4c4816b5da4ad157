"""Tree to canonical JSON, which omits nulls and defaults. A leaf is a function and a line in the table."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

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
    Rule,
    Sequence,
    Since,
    SinceLast,
    Step,
    Test,
    This,
    Value,
    Window,
)
from segmentation.rules.values import IF_UNKNOWN


def dump(rule: Rule) -> dict[str, Any]:
    """Canonical JSON of a rule."""
    head: dict[str, Any] = {"version": rule.version, "semantics": rule.semantics}
    if rule.base_currency is not None:
        head["base_currency"] = rule.base_currency
    return head | _group(rule.root)


def dumps(rule: Rule) -> str:
    """Canonical JSON as text, one spelling for one tree."""
    return json.dumps(dump(rule), ensure_ascii=False, separators=(",", ":"))


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _node(node: Node) -> dict[str, Any]:
    match node:
        case Group():
            return _group(node)
        case Test():
            return _given(field=node.field, operator=node.operator, value=_value(node.value))
        case Below():
            return {"path": node.path, "quantifier": node.quantifier, "where": _group(node.where)}
    kind, body = _LEAVES[type(node)]
    unknown = {} if node.if_unknown == IF_UNKNOWN[0] else {"if_unknown": node.if_unknown}
    return {"kind": kind} | body(node) | unknown


def _group(group: Group) -> dict[str, Any]:
    head = _given(combinator=group.combinator, n=group.n)
    if group.negated:
        head["not"] = True
    return head | {"rules": [_node(child) for child in group.rules]}


def _where(group: Group | None) -> dict[str, Any] | None:
    return None if group is None else _group(group)


def _attribute(leaf: Attribute) -> dict[str, Any]:
    return _given(field=leaf.field, operator=leaf.operator, value=_value(leaf.value))


def _measured(leaf: Behaviour | Rank) -> dict[str, Any]:
    where, window = _where(leaf.where), _window(leaf.window)
    return {"field": leaf.field, "measure": leaf.measure, "of": leaf.of, "where": where, "window": window}


def _behaviour(leaf: Behaviour) -> dict[str, Any]:
    return _given(**_measured(leaf), operator=leaf.operator, value=_value(leaf.value))


def _nth(leaf: Nth) -> dict[str, Any]:
    return _given(
        field=leaf.field, which=leaf.which, where=_where(leaf.where), window=_window(leaf.window), test=_group(leaf.test)
    )


def _rank(leaf: Rank) -> dict[str, Any]:
    kept = {"leave_at": leaf.leave_at, "min_stay": _value(leaf.min_stay)}
    return _given(**_measured(leaf), operator=leaf.operator, value=leaf.value, **kept)


def _member(leaf: Member) -> dict[str, Any]:
    return _given(
        segment=leaf.segment, operator=leaf.operator, for_at_least=_value(leaf.for_at_least), entered=_window(leaf.entered)
    )


def _bucket(leaf: Bucket) -> dict[str, Any]:
    return {"salt": leaf.salt, "from": leaf.first, "to": leaf.last}


def _sequence(leaf: Sequence) -> dict[str, Any]:
    return _given(
        steps=[_step(step) for step in leaf.steps],
        within=_value(leaf.within),
        window=_window(leaf.window),
        not_then=_step(leaf.not_then) if leaf.not_then else None,
    )


def _step(step: Step) -> dict[str, Any]:
    return _given(field=step.field, where=_where(step.where))


def _pattern(leaf: Pattern) -> dict[str, Any]:
    return _given(
        field=leaf.field, where=_where(leaf.where), pattern=leaf.pattern, period=_value(leaf.period), periods=leaf.periods
    )


_LEAVES: dict[type, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    Attribute: ("attribute", _attribute),
    Behaviour: ("behaviour", _behaviour),
    Nth: ("nth", _nth),
    Rank: ("rank", _rank),
    Member: ("member", _member),
    Bucket: ("bucket", _bucket),
    Sequence: ("sequence", _sequence),
    Pattern: ("pattern", _pattern),
}


def _value(value: Value) -> Any:
    match value:
        case Duration():
            return {"n": value.n, "unit": value.unit}
        case Comparison():
            return {"operator": value.operator, "value": _value(value.value)}
        case Circle():
            return {"lat": value.lat, "lon": value.lon, "km": value.km}
        case tuple():
            return list(value)
    return value


def _window(window: Window | None) -> dict[str, Any] | None:
    return None if window is None else _WINDOWS[type(window)](window)


_WINDOWS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Last: lambda window: {"last": window.duration.n, "unit": window.duration.unit},
    NotLast: lambda window: {"not_last": window.duration.n, "unit": window.duration.unit},
    Between: lambda window: {"between": [window.start, window.end]},
    Since: lambda window: {"since": window.start},
    Before: lambda window: {"before": window.end},
    This: lambda window: {"this": window.period},
    Previous: lambda window: {"previous": window.period},
    SinceLast: lambda window: _given(since_last=window.field, where=_where(window.where)),
}
