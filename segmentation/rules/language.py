"""Text to tree and back. The grammar stands in `rule.lark`; this file gives its phrases their nodes.

Tree -> text -> tree is an identity and formatting is idempotent. What infix cannot say is said with words:
`any of (a)` is an `or` with one rule, and a negated or worded group that is the whole text is the root itself,
so `all of (not (a and b))` is a root that holds a negated group.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from segmentation.errors import Problem, RuleError
from segmentation.rules.stored import MAX_BYTES, check_limits
from segmentation.rules.tree import Attribute, Behaviour, Between, Duration, Group, Last, Node, Rule, Since, Test, Value, Window
from segmentation.rules.values import LONGEST_DURATION, is_clean

MAX_PARENTHESES = 64
"""Deeper than any legal rule; a hostile text is refused before it is parsed."""


def parse(text: str) -> Rule:
    """The rule a text writes, without a base currency (storing adds it). Raises RuleError with line and column."""
    _refuse_hostile(text)
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise RuleError([_syntax_problem(error, text)]) from None
    rule = Rule(tree)  # type: ignore[arg-type]  # the embedded transformer makes a Group of it
    check_limits(rule)
    return rule


def format_rule(rule: Rule) -> str:
    """The text of a rule, on one line."""
    return _write_whole(rule.root)


# Reading


@dataclass(frozen=True, slots=True)
class _Joined:
    """Nodes joined without parentheses yet; becomes a group where it is used."""

    combinator: str
    rules: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Worded:
    """A group written with words (`not`, `any of`, `all of`): standing alone, it is the whole."""

    group: Group


_Phrase = Node | _Joined | _Worded


def _node(phrase: _Phrase) -> Node:
    if isinstance(phrase, _Joined):
        return Group(phrase.combinator, phrase.rules)
    return phrase.group if isinstance(phrase, _Worded) else phrase


def _whole(phrase: _Phrase) -> Group:
    if isinstance(phrase, _Joined):
        return Group(phrase.combinator, phrase.rules)
    return phrase.group if isinstance(phrase, _Worded) else Group("and", (phrase,))


def _problem_at(token: Token, template: str, **params: object) -> RuleError:
    return RuleError([Problem("", template, params, token.line, token.column)])


class _Builder(Transformer[Token, Group]):
    """One method a phrase of the grammar; runs while the parser reduces, so it never recurses."""

    def start(self, children: list[_Phrase]) -> Group:
        return _whole(children[0])

    def disjunction(self, children: list[_Phrase]) -> _Joined:
        return _Joined("or", tuple(map(_node, children)))

    def conjunction(self, children: list[_Phrase]) -> _Joined:
        return _Joined("and", tuple(map(_node, children)))

    def negation(self, children: list[_Phrase]) -> _Worded:
        inner = _node(children[0])
        return _Worded(replace(inner, negated=True) if isinstance(inner, Group) else Group("and", (inner,), negated=True))

    def parentheses(self, children: list[_Phrase]) -> Group:
        inner = children[0]
        return Group(inner.combinator, inner.rules) if isinstance(inner, _Joined) else Group("and", (_node(inner),))

    def any_of(self, children: list[_Phrase]) -> _Worded:
        return _Worded(Group("or", tuple(map(_node, children))))

    def all_of(self, children: list[_Phrase]) -> _Worded:
        return _Worded(Group("and", tuple(map(_node, children))))

    def leaf(self, children: list[Any]) -> Node:
        subject: Attribute | Behaviour = children[0]
        operator, value = children[1]
        return replace(subject, operator=operator, value=value, if_unknown=children[2] or "unknown")

    def if_unknown(self, children: list[Token]) -> str:
        return str(children[0])

    def attribute(self, children: list[Token]) -> Attribute:
        return Attribute(str(children[0]), "")

    def behaviour(self, children: list[Any]) -> Behaviour:
        token, *arguments = children
        relation, dot, measure = token.rpartition(".")
        if not dot:
            raise _problem_at(token, "%(name)s needs a measure, such as %(name)s.count()", name=str(token))
        given: dict[str, Any] = {}
        for name, value in filter(None, arguments):
            if name in given:
                raise _problem_at(token, "%(name)s is given twice", name=name)
            given[name] = value
        return Behaviour(relation, measure, "", **given)

    def of(self, children: list[Token]) -> tuple[str, str]:
        return "of", str(children[0])

    def where(self, children: list[Any]) -> tuple[str, Node]:
        token, phrase = children
        return "where", _as_tests(_whole(phrase), token)

    def any_time(self, children: list[Any]) -> tuple[str, None]:
        return "window", None

    def window_last(self, children: list[Duration]) -> tuple[str, Window]:
        return "window", Last(children[0])

    def window_between(self, children: list[Token]) -> tuple[str, Window]:
        return "window", Between(self.text(children[:1]), self.text(children[1:]))

    def window_since(self, children: list[Token]) -> tuple[str, Window]:
        return "window", Since(self.text(children))

    def duration(self, children: list[Token]) -> Duration:
        number, unit = children
        if not number.isdigit() or len(number) > len(str(LONGEST_DURATION)) or int(number) > LONGEST_DURATION:
            raise _problem_at(number, "a duration must be a whole number from 0 to %(most)d", most=LONGEST_DURATION)
        return Duration(int(number), unit.removesuffix("s"))

    def many(self, children: list[str]) -> tuple[str, ...]:
        return tuple(children)

    def text(self, children: list[Token]) -> str:
        token = children[0]
        try:
            text: str = json.loads(token, strict=False)
        except ValueError:
            raise _problem_at(token, "the text has an unknown escape") from None
        if not is_clean(text):
            raise _problem_at(token, "the text holds a control or text-direction character")
        return text

    def number(self, children: list[Token]) -> str:
        return str(children[0])

    def signed(self, children: list[Any]) -> tuple[str, Value]:
        return str(children[0]), children[1]

    def is_(self, children: list[Token]) -> tuple[str, Value]:
        return "is", children[0] == "true"

    def between(self, children: list[str]) -> tuple[str, Value]:
        return "between", (children[0], children[1])

    def this(self, children: list[Token]) -> tuple[str, Value]:
        return "this", str(children[0])

    def previous(self, children: list[Token]) -> tuple[str, Value]:
        return "previous", str(children[0])


def _plain(operator: str) -> Callable[[_Builder, list[Any]], tuple[str, Value]]:
    """A phrase whose only child, if any, is the operator's value."""
    return lambda _, children: (operator, children[0] if children else None)


for _phrase, _operator in (
    *(("in_", "in"), ("next_", "next")),
    *((name, name) for name in ("not_in", "contains", "not_contains", "starts_with", "ends_with", "is_set", "is_not_set")),
    *((name, name) for name in ("on", "before", "after", "last", "not_last", "anniversary_next", "month_is", "weekday_is")),
):
    setattr(_Builder, _phrase, _plain(_operator))


def _as_tests(group: Group, token: Token) -> Group:
    """The group with its conditions as tests of one row; other conditions have no place there."""
    tests: list[Node] = []
    for node in group.rules:
        if isinstance(node, Group):
            tests.append(_as_tests(node, token))
        elif isinstance(node, Attribute) and node.if_unknown == "unknown":
            tests.append(Test(node.field, node.operator, node.value))
        elif isinstance(node, Attribute):
            raise _problem_at(token, "inside where, a row counts only if its test is true: there is no `if unknown`")
        else:
            raise _problem_at(token, "inside where, only columns of the row can be asked")
    return replace(group, rules=tuple(tests))


@cache
def _parser() -> Lark:
    return Lark.open("rule.lark", rel_to=__file__, parser="lalr", transformer=_Builder(), maybe_placeholders=True)


def _refuse_hostile(text: str) -> None:
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise RuleError([Problem("", "the rule is larger than %(limit)d bytes", {"limit": MAX_BYTES})])
    depth = 0
    quoted = escaped = False
    for character in text:
        if quoted:
            quoted = character != '"' or escaped
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted, escaped = True, False
        else:
            depth += (character == "(") - (character == ")")
            if depth > MAX_PARENTHESES:
                raise RuleError([Problem("", "parentheses are nested deeper than %(limit)d", {"limit": MAX_PARENTHESES})])


_SPELLINGS = {
    "FACT": "the name of a fact",
    "SIGN": "a comparison",
    "STRING": 'a text in "quotes"',
    "NUMBER": "a number",
    "BOOLEAN": "true or false",
    "IF_UNKNOWN": "yes or no",
    "UNIT": "a unit (days, hours, …)",
    "PERIOD": "day, week, month, quarter or year",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": "a comma",
    "$END": "the end",
}


def _syntax_problem(error: UnexpectedInput, text: str) -> Problem:
    match error:
        case UnexpectedToken():
            expected, found = error.expected, str(error.token) if error.token.type != "$END" else ""
        case UnexpectedCharacters():
            expected, found = error.allowed, _word_at(text, error.pos_in_stream or 0)
        case _:
            expected, found = set(), ""
    if found == '"':
        return Problem("", "the text in quotes has no end on its line", {}, error.line, error.column)
    names = sorted({_SPELLINGS.get(name, name.lstrip("_").lower()) for name in expected or ()})
    template = (
        "%(found)r is not expected here; expected %(expected)s" if found else "the rule ends too early; expected %(expected)s"
    )
    line, column = (error.line, error.column) if found else _end_of(text)
    return Problem("", template, {"found": found, "expected": ", ".join(names)}, line, column)


def _word_at(text: str, position: int) -> str:
    """The word that begins there, or the one character."""
    word = re.compile(r"\w+|.", re.DOTALL).match(text, position)
    return word[0] if word else ""


def _end_of(text: str) -> tuple[int, int]:
    """Behind the last character that is none of the blanks of the grammar; lines are counted as the parser counts them."""
    lines = text.rstrip(" \t\f\r\n").split("\n")
    return len(lines), len(lines[-1]) + 1


# Writing

_WORDED_OPERATORS = {
    name: name.replace("_", " ")
    for name in (
        "not_in",
        "not_contains",
        "starts_with",
        "ends_with",
        "is_set",
        "is_not_set",
        "not_last",
        "anniversary_next",
        "month_is",
        "weekday_is",
    )
}


def _write_whole(group: Group) -> str:
    if group.negated:
        return _write(group)
    if len(group.rules) > 1:
        return _joined(group)
    if group.combinator == "or":
        return _write(group)
    only = group.rules[0]
    worded = isinstance(only, Group) and (only.negated or (only.combinator == "or" and len(only.rules) == 1))
    return f"all of ({_write(only)})" if worded else _write(only)


def _joined(group: Group) -> str:
    return f" {group.combinator} ".join(map(_write, group.rules))


def _write(node: Node) -> str:
    if isinstance(node, Group):
        words = ("not " if node.negated else "") + ("any of " if node.combinator == "or" and len(node.rules) == 1 else "")
        return f"{words}({_joined(node)})"
    subject = f"{node.field}.{node.measure}({_write_arguments(node)})" if isinstance(node, Behaviour) else node.field
    unknown = f" if unknown {node.if_unknown}" if not isinstance(node, Test) and node.if_unknown != "unknown" else ""
    return f"{subject} {_write_comparison(node.operator, node.value)}{unknown}"


def _write_arguments(leaf: Behaviour) -> str:
    where = f"where {_write_whole(leaf.where)}" if leaf.where else None
    return ", ".join(filter(None, (leaf.of, where, _write_window(leaf.window))))


def _write_window(window: Window | None) -> str | None:
    match window:
        case Last(duration):
            return f"last {_write_duration(duration)}"
        case Between(start, end):
            return f"between {_quoted(start)} and {_quoted(end)}"
        case Since(start):
            return f"since {_quoted(start)}"
    return None


def _write_comparison(operator: str, value: Value) -> str:
    spelled = _WORDED_OPERATORS.get(operator, operator)
    if operator == "between" and isinstance(value, tuple):
        return f"between {_literal(value[0])} and {_literal(value[1])}"
    match value:
        case None:
            return spelled
        case bool():
            return f"{spelled} {'true' if value else 'false'}"
        case Duration():
            return f"{spelled} {_write_duration(value)}"
        case tuple():
            return f"{spelled} ({', '.join(map(_literal, value))})"
    return f"{spelled} {value if operator in ('this', 'previous') else _literal(value)}"


def _write_duration(duration: Duration) -> str:
    return f"{duration.n} {duration.unit}{'' if duration.n == 1 else 's'}"


def _literal(value: str) -> str:
    whole, dot, decimals = value.removeprefix("-").partition(".")
    plain = whole.isascii() and whole.isdigit() and (not dot or (decimals.isascii() and decimals.isdigit()))
    return value if plain else _quoted(value)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
