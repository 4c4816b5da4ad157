"""What is wrong with a text that is no rule: where it is, what could stand there, what was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

from lark import Token, UnexpectedInput, UnexpectedToken

from segmentation.errors import Problem
from segmentation.rules.limits import MAX_SHOWN
from segmentation.rules.values import PATTERNS, PERIODS, QUANTIFIERS, UNITS, is_name

CLOSE = 0.65
"""How alike two words must be (difflib's ratio) for one to be taken as a slip of the other."""

_MISSED = 2
"""So many letters more or less are a slip; more are another word."""

_SPELLINGS = {
    "FACT": "the name of a fact",
    "SIGN": "a comparison",
    "STRING": 'a text in "quotes"',
    "NUMBER": "a number",
    "BOOLEAN": "true or false",
    "IF_UNKNOWN": "yes or no",
    "UNIT": "a unit (days, hours, …)",
    "PERIOD": "day, week, month, quarter or year",
    "PATTERN_NAME": "first time, regularly, stopped or restarted",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": "a comma",
    "$END": "the end",
}

_WORDS = {
    "BOOLEAN": ("true", "false"),
    "IF_UNKNOWN": ("yes", "no"),
    "UNIT": (*UNITS, *(f"{unit}s" for unit in UNITS)),
    "PERIOD": PERIODS,
    "PATTERN_NAME": tuple(PATTERNS),
}
"""Words that one token stands for, where it stands for several."""


def syntax_problem(error: UnexpectedInput, text: str) -> Problem:
    """The one problem of a text that the grammar does not take."""
    # What the state of the parser knows is wider than what can follow; what it accepts, it has tried.
    expected: set[str] = error.interactive_parser.accepts()  # type: ignore[no-untyped-call]
    found = _found(error, text)
    if not found:
        line, column = _end_of(text)
        return problem_at(line, column, "the rule ends too early; expected %(expected)s", expected=_spelled(expected))
    if found == '"':
        return problem_at(error.line, error.column, "the text in quotes has no end on its line")
    before: Token | None = next(iter(getattr(error, "token_history", None) or ()), None)
    hint = _hint(error, before, found, expected)
    if hint:
        return problem_at(error.line, error.column, hint, before=str(before), found=found)
    template = "%(found)r is not expected here; expected %(expected)s"
    problem = problem_at(error.line, error.column, template, found=found, expected=_spelled(expected))
    if "FACT" in expected and is_name(found.lower()) and not is_name(found):
        return _meaning(problem, found.lower())
    return did_you_mean(problem, found, [word for name in expected for word in _words(name)])


def problem_at(line: int | None, column: int | None, template: str, **params: str | int) -> Problem:
    """A problem at its place in a text, which repeats nothing at length."""
    shown = {name: _cut(value) if isinstance(value, str) and name != "expected" else value for name, value in params.items()}
    return Problem("", template, shown, line, column)


def did_you_mean(problem: Problem, found: str, words: Iterable[str]) -> Problem:
    """The problem with the one of `words` that `found` is likely a slip of, if any is."""
    as_long = sorted(word for word in words if abs(len(word) - len(found)) <= _MISSED)
    close = get_close_matches(found.lower(), as_long, n=1, cutoff=CLOSE)
    return _meaning(problem, close[0]) if close else problem


def _meaning(problem: Problem, meant: str) -> Problem:
    params = {**problem.params, "meant": _cut(meant)}
    return replace(problem, template=f"{problem.template}; did you mean %(meant)s?", params=params)


def _found(error: UnexpectedInput, text: str) -> str:
    """The token or the word that stands in the wrong place; none at the end."""
    if isinstance(error, UnexpectedToken):
        return "" if error.token.type == "$END" else str(error.token)
    word = re.compile(r"[\w.]+|.", re.DOTALL).match(text, error.pos_in_stream or 0)
    return word[0] if word else ""


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


def _hint(error: UnexpectedInput, before: Token | None, found: str, expected: set[str]) -> str | None:
    """What is better said than what was expected."""
    if found == "if":
        return "`if unknown` follows a condition of the customer: never a group, and nothing inside where"
    if before is None:
        return None
    if found == "(" and before.type == "FACT" and "SIGN" in expected:
        return "inside where, only columns of the row can be asked"
    if before in QUANTIFIERS and isinstance(error, UnexpectedToken) and error.token.type == "FACT":
        return "%(before)s %(found)s (…) asks the rows below a row: it stands inside where"
    return None


def _spelled(expected: Iterable[str]) -> str:
    return ", ".join(sorted({_SPELLINGS.get(name, _keyword(name)) for name in expected}))


def _words(name: str) -> tuple[str, ...]:
    return _WORDS.get(name, () if name in _SPELLINGS else (_keyword(name),))


def _keyword(name: str) -> str:
    """The keyword of a token that bears its name."""
    return name.strip("_").replace("_", " ").lower()


def _end_of(text: str) -> tuple[int, int]:
    """Behind the last character that is none of the blanks of the grammar; lines are counted as the parser counts them."""
    lines = text.rstrip(" \t\f\r\n").split("\n")
    return len(lines), len(lines[-1]) + 1
