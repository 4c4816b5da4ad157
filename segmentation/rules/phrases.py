"""The phrases of the grammar as nodes. Runs while the parser reduces, so it never recurses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lark import Token, Transformer

from segmentation.errors import RuleError
from segmentation.rules.slips import did_you_mean, problem_at
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
    Leaf,
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
    Step,
    Test,
    This,
    Value,
    Window,
)
from segmentation.rules.values import LONGEST_DURATION, MEASURES, WORDS, is_clean

NTH = ("first", "last", "nth")
"""What stands where a measure may stand, but asks one row instead."""

_LONGEST_NUMBER = len(str(LONGEST_DURATION))
_MEMBERSHIPS = {"IN_SEGMENT": "in", "NOT_IN_SEGMENT": "not_in"}


@dataclass(frozen=True, slots=True)
class _Joined:
    """Nodes joined without parentheses yet; becomes a group where it is used."""

    combinator: str
    rules: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Worded:
    """A group written with words (`not`, `any of`, `all of`, `at least`): standing alone, it is the whole."""

    group: Group


_Phrase = Node | _Joined | _Worded


@dataclass(frozen=True, slots=True)
class _Call:
    """`relation.word(arguments)`: a measure, or the first, last or n-th row."""

    token: Token
    relation: str
    word: str
    given: dict[str, Any]


def _node(phrase: _Phrase) -> Node:
    if isinstance(phrase, _Joined):
        return Group(phrase.combinator, phrase.rules)
    return phrase.group if isinstance(phrase, _Worded) else phrase


def _whole(phrase: _Phrase) -> Group:
    if isinstance(phrase, _Joined):
        return Group(phrase.combinator, phrase.rules)
    return phrase.group if isinstance(phrase, _Worded) else Group("and", (phrase,))


def _problem_at(token: Token, template: str, **params: str | int) -> RuleError:
    return RuleError([problem_at(token.line, token.column, template, **params)])


def _integer(token: Token) -> int:
    if token.isdigit() and len(token) <= _LONGEST_NUMBER:
        return int(token)
    raise _problem_at(token, "this must be a whole number of at most %(digits)d digits", digits=_LONGEST_NUMBER)


class Phrases(Transformer[Token, Group]):
    """One method a phrase of the grammar."""

    # Groups

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

    def at_least(self, children: list[Any]) -> _Worded:
        number, *phrases = children
        return _Worded(Group("at_least", tuple(map(_node, phrases)), n=_integer(number)))

    # Leaves

    def condition(self, children: list[Any]) -> Leaf:
        leaf: Leaf = children[0]
        return replace(leaf, if_unknown=children[1] or "unknown")

    def if_unknown(self, children: list[Token]) -> str:
        return str(children[0])

    def attribute(self, children: list[Any]) -> Attribute:
        return Attribute(str(children[0]), *children[1])

    def behaviour(self, children: list[Any]) -> Behaviour:
        call: _Call = children[0]
        operator, value = children[1]
        if call.word in NTH:
            raise _problem_at(call.token, "%(word)s takes no comparison: what is asked stands in its test", word=call.word)
        return Behaviour(operator=operator, value=value, **_measured(call))

    def nth(self, children: list[_Call]) -> Nth:
        call = children[0]
        if call.word in MEASURES:
            raise _problem_at(call.token, "%(name)s needs a comparison, such as >= 1", name=str(call.token))
        if call.word not in NTH:
            raise _unknown_measure(call)
        given = _only(call, "which", "where", "window", "test")
        which: Token | None = given.pop("which", None)
        if (call.word == "nth") is (which is None):
            said = "which row is it? nth begins with its number" if which is None else "%(word)s takes no number"
            raise _problem_at(call.token, said, word=call.word)
        if "test" not in given:
            raise _problem_at(call.token, "%(word)s needs a test: what is asked of the row?", word=call.word)
        return Nth(call.relation, call.word if which is None else _integer(which), **given)

    def rank(self, children: list[Any]) -> Rank:
        end, value, percent, subject, leave_at, leave_percent, stay = children
        if leave_at and (percent is None) is not (leave_percent is None):
            raise _problem_at(leave_at, "leave at must be said as the rank is: in percent, or not")
        asked = _measured(subject) if isinstance(subject, _Call) else {"field": str(subject)}
        operator = f"{end}_percent" if percent else str(end)
        return Rank(operator=operator, value=str(value), leave_at=leave_at and str(leave_at), min_stay=stay, **asked)

    def member(self, children: list[Any]) -> Member:
        word, slug, lasting, entered = children
        return Member(self.text([slug]), _MEMBERSHIPS[word.type], lasting, entered)

    def bucket(self, children: list[Token]) -> Bucket:
        salt, first, last = children
        return Bucket(self.text([salt]), _integer(first), _integer(last))

    def sequence(self, children: list[Any]) -> Sequence:
        *steps, within, window, not_then = children
        return Sequence(tuple(steps), within, window, not_then)

    def step(self, children: list[Any]) -> Step:
        return Step(str(children[0]), children[1])

    def pattern(self, children: list[Any]) -> Pattern:
        field, where, pattern, period, periods = children
        return Pattern(str(field), "_".join(pattern.split()), period, periods and _integer(periods), where)

    # Rows

    def test(self, children: list[Any]) -> Test:
        return Test(str(children[0]), *children[1])

    def below(self, children: list[Any]) -> Below:
        quantifier, path, phrase = children
        return Below(str(path), str(quantifier), _whole(phrase))

    def rows(self, children: list[_Phrase]) -> Group:
        return _whole(children[0])

    # Calls

    def call(self, children: list[Any]) -> _Call:
        token, *arguments = children
        relation, dot, word = token.rpartition(".")
        if not dot:
            template = "%(name)s needs a measure, such as %(name)s.count()"
            problem = problem_at(token.line, token.column, template, name=word)
            raise RuleError([did_you_mean(problem, word, WORDS)])
        given: dict[str, Any] = {}
        for name, value in filter(None, arguments):
            if name in given:
                raise _problem_at(token, "%(name)s is given twice", name=name)
            given[name] = value
        return _Call(token, relation, word, given)

    def of(self, children: list[Token]) -> tuple[str, str]:
        return "of", str(children[0])

    def which(self, children: list[Token]) -> tuple[str, Token]:
        return "which", children[0]

    def where(self, children: list[Group]) -> tuple[str, Group]:
        return "where", children[0]

    def row_test(self, children: list[_Phrase]) -> tuple[str, Group]:
        return "test", _whole(children[0])

    def window(self, children: list[Window]) -> tuple[str, Window]:
        return "window", children[0]

    def any_time(self, children: list[Any]) -> tuple[str, None]:
        return "window", None

    # Windows

    def window_last(self, children: list[Duration]) -> Window:
        return Last(children[0])

    def window_not_last(self, children: list[Duration]) -> Window:
        return NotLast(children[0])

    def window_between(self, children: list[Token]) -> Window:
        return Between(self.text(children[:1]), self.text(children[1:]))

    def window_since(self, children: list[Token]) -> Window:
        return Since(self.text(children))

    def window_before(self, children: list[Token]) -> Window:
        return Before(self.text(children))

    def window_this(self, children: list[Token]) -> Window:
        return This(str(children[0]))

    def window_previous(self, children: list[Token]) -> Window:
        return Previous(str(children[0]))

    def window_since_last(self, children: list[Any]) -> Window:
        return SinceLast(str(children[0]), children[1])

    # Values and operators

    def duration(self, children: list[Token]) -> Duration:
        number, unit = children
        if not number.isdigit() or len(number) > _LONGEST_NUMBER or int(number) > LONGEST_DURATION:
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

    def size(self, children: list[tuple[str, Any]]) -> tuple[str, Value]:
        return "size", Comparison(*children[0])

    def within_km(self, children: list[Token]) -> tuple[str, Value]:
        km, lat, lon = map(str, children)
        return "within_km", Circle(lat, lon, km)


def _plain(operator: str) -> Callable[[Phrases, list[Any]], tuple[str, Value]]:
    """A phrase whose only child, if any, is the operator's value."""
    return lambda _, children: (operator, children[0] if children else None)


for _phrase, _operator in (
    *(("in_", "in"), ("next_", "next")),
    *((name, name) for name in ("not_in", "contains", "not_contains", "starts_with", "ends_with", "is_set", "is_not_set")),
    *((name, name) for name in ("on", "before", "after", "last", "not_last", "anniversary_next", "month_is", "weekday_is")),
    *((name, name) for name in ("has_any", "has_all", "has_none")),
):
    setattr(Phrases, _phrase, _plain(_operator))


def _measured(call: _Call) -> dict[str, Any]:
    """A measure's part of a leaf."""
    if call.word in NTH:
        raise _problem_at(call.token, "a measure is needed here, and %(word)s is none", word=call.word)
    if call.word not in MEASURES:
        raise _unknown_measure(call)
    return {"field": call.relation, "measure": call.word, **_only(call, "of", "where", "window")}


def _unknown_measure(call: _Call) -> RuleError:
    problem = problem_at(call.token.line, call.token.column, "unknown measure %(measure)s", measure=call.word)
    return RuleError([did_you_mean(problem, call.word, (*MEASURES, *NTH))])


def _only(call: _Call, *known: str) -> dict[str, Any]:
    """The arguments of a call, which may be these and no others."""
    for name in call.given:
        if name not in known:
            raise _problem_at(call.token, _NOT_TAKEN[name], word=call.word)
    return dict(call.given)


_NOT_TAKEN = {
    "of": "%(word)s takes no column",
    "which": "%(word)s takes no number",
    "test": "%(word)s takes no test: which rows count is said by where",
}
