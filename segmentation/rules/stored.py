"""Stored JSON to tree and back, versioned. Reading collects every problem with its pointer before it refuses.

Canonical JSON (what `dump` writes) omits nulls and defaults, so JSON -> tree -> JSON is an identity on it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from segmentation.errors import Problem, RuleError
from segmentation.rules.tree import (
    SEMANTICS,
    VERSION,
    Attribute,
    Behaviour,
    Between,
    Duration,
    Group,
    Last,
    Leaf,
    Node,
    Rule,
    Since,
    Test,
    Value,
    Window,
)
from segmentation.rules.values import IF_UNKNOWN, LONGEST_DURATION, MEASURES, OPERATORS, PERIODS, UNITS, Shape, is_clean, is_name

MAX_BYTES = 32_768
MAX_DEPTH = 8
MAX_LEAVES = 200
MAX_WHERE_DEPTH = 16
"""Groups inside `where` do not count as depth of the rule, but a reader must stop somewhere."""

MAX_SHOWN = 60
"""Characters of a wrong value that a message repeats."""

COMBINATORS = ("and", "or")
_BUILDER_KEYS = ("id", "path")
_ROOT_KEYS = ("version", "semantics", "base_currency")
_GROUP_KEYS = ("combinator", "not", "rules")
_TEST_KEYS = ("field", "operator", "value")
_ATTRIBUTE_KEYS = ("kind", *_TEST_KEYS, "if_unknown")
_BEHAVIOUR_KEYS = (*_ATTRIBUTE_KEYS, "measure", "of", "where", "window")
_ABSENT = object()


def load(data: object) -> Rule:
    """The tree of a stored definition. Raises RuleError with all problems found."""
    reader = _Reader()
    try:
        rule = reader.rule(data)
    except RecursionError:
        raise RuleError([Problem("", "the rule is nested too deeply")]) from None
    if reader.problems or rule is None:
        raise RuleError(reader.problems)
    if len(dumps(rule).encode()) > MAX_BYTES:
        raise RuleError([_too_large()])
    return rule


def loads(text: str) -> Rule:
    """The tree of a definition in JSON text. Raises RuleError with all problems found."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise RuleError([_too_large()])
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise RuleError([Problem("", "this is not JSON: %(reason)s", {"reason": error.msg}, error.lineno, error.colno)]) from None
    except ValueError:
        raise RuleError([Problem("", "this is not JSON: a number in it is too long")]) from None
    except RecursionError:
        raise RuleError([Problem("", "the rule is nested too deeply")]) from None
    return load(data)


def dump(rule: Rule) -> dict[str, Any]:
    """Canonical JSON of a rule."""
    head: dict[str, Any] = {"version": rule.version, "semantics": rule.semantics}
    if rule.base_currency is not None:
        head["base_currency"] = rule.base_currency
    return head | _dump_node(rule.root)


def dumps(rule: Rule) -> str:
    """Canonical JSON as text, one spelling for one tree."""
    return json.dumps(dump(rule), ensure_ascii=False, separators=(",", ":"))


def check_limits(rule: Rule) -> None:
    """Refuse a tree that was made by hand and breaks a limit or holds an empty group (RuleError)."""
    load(dump(rule))


def _too_large() -> Problem:
    return Problem("", "the rule is larger than %(limit)d bytes", {"limit": MAX_BYTES})


class _Reader:
    """Reads untrusted data into nodes; what is wrong is noted in `problems` and read as None."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.leaves = 0

    def wrong(self, path: str, template: str, **params: object) -> None:
        self.problems.append(Problem(path, template, params))

    def rule(self, data: object) -> Rule | None:
        if not isinstance(data, Mapping):
            return self.wrong("", "a rule must be an object")
        for key, expected in (("version", VERSION), ("semantics", SEMANTICS)):
            if type(data.get(key)) is not int or data[key] != expected:
                self.wrong(f"/{key}", "unknown %(key)s: this release knows %(expected)d", key=key, expected=expected)
        currency = data.get("base_currency")
        if currency is not None and not (
            isinstance(currency, str) and len(currency) == 3 and currency.isascii() and currency.isalpha()
        ):
            self.wrong("/base_currency", "base_currency must be a three-letter code")
        root = self.group(data, "", depth=1, extra=_ROOT_KEYS, member=self.node)
        if self.leaves > MAX_LEAVES:
            self.wrong(
                "", "the rule has %(count)d conditions; at most %(limit)d are allowed", count=self.leaves, limit=MAX_LEAVES
            )
        return None if root is None or self.problems else Rule(root, currency)

    def group(
        self,
        data: Mapping[str, Any],
        path: str,
        *,
        depth: int,
        member: Callable[[object, str, int], Node | None],
        extra: Sequence[str] = (),
        limit: int = MAX_DEPTH,
    ) -> Group | None:
        if depth > limit:
            return self.wrong(path, "groups are nested deeper than %(limit)d", limit=limit)
        self.keys(data, path, (*_GROUP_KEYS, *extra))
        combinator = self.choice(data.get("combinator"), f"{path}/combinator", COMBINATORS, "combinator")
        negated = data.get("not", False)
        if not isinstance(negated, bool):
            self.wrong(f"{path}/not", "not must be true or false")
        rules = data.get("rules")
        if not isinstance(rules, list | tuple):
            return self.wrong(f"{path}/rules", "a group needs a list of rules")
        if not rules:
            return self.wrong(path, "the group is empty: say whom it should take in")
        nodes = [member(child, f"{path}/rules/{index}", depth + 1) for index, child in enumerate(rules)]
        if combinator is None or self.problems:
            return None
        return Group(combinator, tuple(node for node in nodes if node is not None), bool(negated))

    def node(self, data: object, path: str, depth: int) -> Node | None:
        if not isinstance(data, Mapping):
            return self.wrong(path, "a condition must be an object")
        if "rules" in data or "combinator" in data:
            return self.group(data, path, depth=depth, member=self.node)
        self.leaves += 1
        kind = data.get("kind")
        if kind is None:
            return self.wrong(path, "the condition has no kind")
        read = {"attribute": self.attribute, "behaviour": self.behaviour}.get(kind if isinstance(kind, str) else "")
        if read is None:
            return self.wrong(f"{path}/kind", "unknown kind of condition %(kind)s", kind=_shown(kind))
        return read(data, path)

    def test(self, data: object, path: str, depth: int) -> Node | None:
        if not isinstance(data, Mapping):
            return self.wrong(path, "a condition must be an object")
        if "rules" in data or "combinator" in data:
            return self.group(data, path, depth=depth, member=self.test, limit=MAX_WHERE_DEPTH)
        self.leaves += 1
        self.keys(data, path, _TEST_KEYS)
        field = self.name(data, "field", path)
        operator, value = self.comparison(data, path)
        return Test(field, operator, value) if field and operator else None

    def attribute(self, data: Mapping[str, Any], path: str) -> Leaf | None:
        self.keys(data, path, _ATTRIBUTE_KEYS)
        field = self.name(data, "field", path)
        operator, value = self.comparison(data, path)
        if_unknown = self.if_unknown(data, path)
        return Attribute(field, operator, value, if_unknown) if field and operator and if_unknown else None

    def behaviour(self, data: Mapping[str, Any], path: str) -> Leaf | None:
        self.keys(data, path, _BEHAVIOUR_KEYS)
        field = self.name(data, "field", path)
        measure = self.choice(data.get("measure"), f"{path}/measure", MEASURES, "measure")
        operator, value = self.comparison(data, path)
        of = self.name(data, "of", path) if data.get("of") is not None else None
        if measure and (measure == "count") is not (of is None):
            said = "count takes no column" if measure == "count" else "%(measure)s needs a column: what is it of?"
            self.wrong(f"{path}/of", said, measure=measure)
        where = self.where(data.get("where"), f"{path}/where")
        window = self.window(data.get("window"), f"{path}/window")
        if_unknown = self.if_unknown(data, path)
        if not (field and measure and operator and if_unknown):
            return None
        return Behaviour(field, measure, operator, value, of, where, window, if_unknown)

    def if_unknown(self, data: Mapping[str, Any], path: str) -> str | None:
        given = data.get("if_unknown")
        return IF_UNKNOWN[0] if given is None else self.choice(given, f"{path}/if_unknown", IF_UNKNOWN, "if_unknown")

    def where(self, data: object, path: str) -> Group | None:
        if data is None:
            return None
        if not isinstance(data, Mapping):
            return self.wrong(path, "where must be a group")
        return self.group(data, path, depth=1, member=self.test, limit=MAX_WHERE_DEPTH)

    def window(self, data: object, path: str) -> Window | None:
        if data is None:
            return None
        if not isinstance(data, Mapping):
            return self.wrong(path, "a window must be an object")
        match sorted(map(str, data)):
            case ["last", "unit"]:
                duration = self.duration(data["last"], data["unit"], path, "last")
                return Last(duration) if duration else None
            case ["between"]:
                pair = self.texts(data["between"], f"{path}/between", exactly=2)
                return Between(pair[0], pair[1]) if pair else None
            case ["since"]:
                start = self.text(data["since"], f"{path}/since")
                return Since(start) if start is not None else None
        return self.wrong(path, "unknown window with %(keys)s", keys=", ".join(sorted(map(str, data))) or "nothing in it")

    def comparison(self, data: Mapping[str, Any], path: str) -> tuple[str | None, Value]:
        operator = self.choice(data.get("operator"), f"{path}/operator", tuple(OPERATORS), "operator")
        if operator is None:
            return None, None
        value = data.get("value", _ABSENT)
        here = f"{path}/value"
        shape = OPERATORS[operator].shape
        if shape is Shape.NOTHING:
            if value not in (_ABSENT, None):
                self.wrong(here, "%(operator)s takes no value", operator=operator)
            return operator, None
        if value is _ABSENT or value is None:
            self.wrong(here, "%(operator)s needs a value", operator=operator)
            return operator, None
        return operator, self.value(value, here, shape, operator)

    def value(self, value: object, path: str, shape: Shape, operator: str) -> Value:
        if shape is Shape.ONE or (shape is Shape.ONE_OR_MANY and not isinstance(value, list | tuple)):
            one = self.text(value, path)
            if one is not None and not one.strip() and operator in _NEED_TEXT:
                return self.wrong(path, "%(operator)s needs a text that is not empty", operator=operator)
            return one
        return _SHAPES[shape](self, value, path)

    def yes_no(self, value: object, path: str) -> bool | None:
        return value if isinstance(value, bool) else self.wrong(path, "the value must be true or false")

    def span(self, value: object, path: str) -> Duration | None:
        if not isinstance(value, Mapping) or set(value) != {"n", "unit"}:
            return self.wrong(path, "a duration must have n and unit and nothing else")
        return self.duration(value["n"], value["unit"], path, "n")

    def duration(self, n: object, unit: object, path: str, key: str) -> Duration | None:
        if isinstance(n, str) and n.isascii() and n.isdigit() and len(n) < 7:
            n = int(n)
        if isinstance(n, bool) or not isinstance(n, int) or not 0 <= n <= LONGEST_DURATION:
            return self.wrong(f"{path}/{key}", "a duration must be a whole number from 0 to %(most)d", most=LONGEST_DURATION)
        known = self.choice(unit, f"{path}/unit", UNITS, "unit")
        return Duration(n, known) if known else None

    def texts(self, value: object, path: str, exactly: int | None = None) -> tuple[str, ...] | None:
        if not isinstance(value, list | tuple) or not value:
            return self.wrong(path, "the value must be a list")
        if exactly is not None and len(value) != exactly:
            return self.wrong(path, "the list must have exactly %(count)d values", count=exactly)
        read = [self.text(one, f"{path}/{index}") for index, one in enumerate(value)]
        found = tuple(one for one in read if one is not None)
        return found if len(found) == len(read) else None

    def text(self, value: object, path: str) -> str | None:
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

    def name(self, data: Mapping[str, Any], key: str, path: str) -> str | None:
        value = data.get(key)
        if not isinstance(value, str) or not value:
            return self.wrong(f"{path}/{key}", "%(key)s must name a fact", key=key)
        return value if is_name(value) else self.wrong(f"{path}/{key}", "%(name)s is not a name", name=_shown(value))

    def choice(self, value: object, path: str, choices: Sequence[str], what: str) -> str | None:
        if isinstance(value, str) and value in choices:
            return value
        template = "unknown %(what)s %(value)s: it must be one of %(choices)s"
        return self.wrong(path, template, what=what, value=_shown(value), choices=", ".join(choices))

    def keys(self, data: Mapping[str, Any], path: str, known: Sequence[str]) -> None:
        for key in data:
            # A builder's own bookkeeping is dropped, everything else unknown is refused: ignoring it would change the meaning.
            if key not in known and key not in _BUILDER_KEYS:
                self.wrong(f"{path}/{_escaped(key)}", "unknown key %(key)s", key=_shown(key))


_NEED_TEXT = ("contains", "not_contains", "starts_with", "ends_with")

_SHAPES: dict[Shape, Callable[[_Reader, object, str], Value]] = {
    Shape.YES_NO: _Reader.yes_no,
    Shape.DURATION: _Reader.span,
    Shape.PERIOD: lambda reader, value, path: reader.choice(value, path, PERIODS, "period"),
    Shape.PAIR: lambda reader, value, path: reader.texts(value, path, exactly=2),
    Shape.MANY: _Reader.texts,
    Shape.ONE_OR_MANY: _Reader.texts,
}


def _shown(value: object) -> str:
    """What stood there, for a message: never long, and never as deep as what a stranger may send."""
    if isinstance(value, str):
        return repr(value) if len(value) <= MAX_SHOWN else f"{value[:MAX_SHOWN]!r}…"
    return "null" if value is None else _JSON_NAMES.get(type(value), "another type")


_JSON_NAMES = {bool: "true or false", int: "a number", float: "a number", list: "a list", tuple: "a list", dict: "an object"}


def _escaped(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")


def _dump_node(node: Node) -> dict[str, Any]:
    if isinstance(node, Group):
        head: dict[str, Any] = {"combinator": node.combinator}
        if node.negated:
            head["not"] = True
        return head | {"rules": [_dump_node(child) for child in node.rules]}
    data: dict[str, Any] = {"field": node.field}
    if isinstance(node, Attribute):
        data = {"kind": "attribute"} | data
    if isinstance(node, Behaviour):
        data = {"kind": "behaviour"} | data | _dump_measure(node)
    data["operator"] = node.operator
    if node.value is not None:
        data["value"] = _dump_value(node.value)
    if not isinstance(node, Test) and node.if_unknown != IF_UNKNOWN[0]:
        data["if_unknown"] = node.if_unknown
    return data


def _dump_measure(leaf: Behaviour) -> dict[str, Any]:
    data: dict[str, Any] = {"measure": leaf.measure}
    if leaf.of is not None:
        data["of"] = leaf.of
    if leaf.where is not None:
        data["where"] = _dump_node(leaf.where)
    if leaf.window is not None:
        data["window"] = _dump_window(leaf.window)
    return data


def _dump_value(value: Value) -> Any:
    if isinstance(value, Duration):
        return {"n": value.n, "unit": value.unit}
    return list(value) if isinstance(value, tuple) else value


def _dump_window(window: Window) -> dict[str, Any]:
    match window:
        case Last(duration):
            return {"last": duration.n, "unit": duration.unit}
        case Between(start, end):
            return {"between": [start, end]}
        case Since(start):
            return {"since": start}
