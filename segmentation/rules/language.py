"""Text to tree and back. The grammar stands in `rule.lark`, `phrases` gives its phrases their nodes.

Tree -> text -> tree is an identity and formatting is idempotent. What infix cannot say is said with words:
`any of (a)` is an `or` with one rule, and a negated or worded group that is the whole text is the root itself,
so `all of (not (a and b))` is a root that holds a negated group.
"""

from __future__ import annotations

from functools import cache

from lark import Lark, UnexpectedInput
from lark.lexer import PatternRE, PatternStr, TerminalDef

from segmentation.errors import Problem, RuleError
from segmentation.rules.limits import MAX_BYTES, MAX_PARENTHESES
from segmentation.rules.phrases import Phrases
from segmentation.rules.slips import syntax_problem
from segmentation.rules.stored import check_limits
from segmentation.rules.tree import Rule
from segmentation.rules.values import NAME, WORDS
from segmentation.rules.writing import write_whole

_END = r"(?![\w.])"
"""Where a word ends."""


def parse(text: str) -> Rule:
    """The rule a text writes, without a base currency (storing adds it).

    Raises RuleError: with line and column where the text cannot be read, with a pointer into what would be stored where it
    can be read but not asked.
    """
    _refuse_hostile(text)
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise RuleError([syntax_problem(error, text)]) from None
    rule = Rule(tree)  # type: ignore[arg-type]  # the embedded transformer makes a Group of it
    check_limits(rule)
    return rule


def format_rule(rule: Rule) -> str:
    """The text of a rule, on one line."""
    return write_whole(rule.root)


@cache
def _parser() -> Lark:
    return Lark.open("rule.lark", rel_to=__file__, parser="lalr", transformer=Phrases(), edit_terminals=_as_word)


def _as_word(terminal: TerminalDef) -> TerminalDef:
    """A keyword is a whole word and goes before a name: `last` is neither "lastly" nor "last.x". Some are never a name."""
    if terminal.name == "FACT":
        terminal.pattern = PatternRE(rf"(?!({'|'.join(sorted(WORDS))}){_END}){NAME.pattern}{_END}")
    elif isinstance(terminal.pattern, PatternStr) and terminal.pattern.value.isidentifier():
        terminal.pattern = PatternRE(terminal.pattern.value + _END)
        terminal.priority = 1
    return terminal


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
