"""Texts with tokens: hardened Liquid, which can print what it is given and nothing else.

The language's own limits do not stop a filter from filling the memory, nor a source from keeping its parser busy for hours. So
only filters that give no more than they take are known, ranges are refused, nothing can be assigned, and a source is looked
through in one pass (`marks`) before the parser sees it. Values are plain texts and dictionaries, never objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from personalization.content.marks import demand_plain_marks, line_of
from personalization.errors import MissingExtra, TemplateError

if TYPE_CHECKING:
    from liquid import BoundTemplate, Environment
    from liquid.ast import Node
    from liquid.expression import Expression

LONGEST_SOURCE = 100_000
"""Bytes."""

FILTERS = ("capitalize", "default", "downcase", "escape", "strip", "truncate", "upcase")
"""Give at most what they are given, in one pass over it (and `truncate` its own dots)."""

TAGS = ("if", "unless", "case", "for", "break", "continue", "comment")

NESTING = 10
LOOPS = 100
LONGEST_OUTPUT = 200_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text that was read: `tokens` are the names it prints or asks, with the line of the first use."""

    source: str
    tokens: Mapping[str, int]
    _compiled: BoundTemplate | None

    def render(self, context: Mapping[str, object]) -> str:
        """The text with its tokens. Raises TemplateError where a limit is passed or, if strict, a name is not known."""
        if self._compiled is None:
            return self.source
        try:
            return self._compiled.render(context)
        except _library().wrong as error:
            raise _told(error) from error


@dataclass(frozen=True, slots=True)
class _Library:
    """What is used of python-liquid, imported on first use."""

    environment: Callable[[bool, bool], Environment]
    range_literal: type
    static_context: Callable[[BoundTemplate], Any]
    wrong: tuple[type[Exception], ...]


def read(source: str, *, is_html: bool, is_strict: bool = False) -> Template:
    """A template, ready to be rendered many times.

    Of HTML tokens are escaped, and tags may be used; a plain text is escaped by whoever prints it, and has tokens alone. A
    strict one refuses names that nobody gives when it is rendered. Raises TemplateError with the line, MissingExtra.
    """
    if len(source.encode()) > LONGEST_SOURCE:
        raise TemplateError(_("The template is longer than %(limit)d bytes.") % {"limit": LONGEST_SOURCE})
    if not demand_plain_marks(source, TAGS if is_html else ()):
        return Template(source, {}, None)
    library = _library()
    try:
        compiled = library.environment(is_html, is_strict).from_string(source)
        _refuse_ranges(compiled, library)
        return Template(source, _tokens(compiled, source), compiled)
    except library.wrong as error:
        raise _told(error) from error


def _tokens(compiled: BoundTemplate, source: str) -> dict[str, int]:
    """Names from outside with their lines; filters that are not known are refused on the way."""
    found = compiled.analyze(include_partials=False)
    for name, spans in found.filters.items():
        if name not in FILTERS:
            raise TemplateError(_("There is no filter “%(name)s”.") % {"name": name}, line_of(source, spans[0].index))
    return {name: line_of(source, uses[0].span.index) for name, uses in found.globals.items()}


def _refuse_ranges(compiled: BoundTemplate, library: _Library) -> None:
    context = library.static_context(compiled)
    for node in _nodes(compiled.nodes, context):
        for expression in _expressions(node.expressions()):
            if isinstance(expression, library.range_literal):
                source = node.token.source
                raise TemplateError(_("Ranges such as (1..5) cannot be used."), line_of(source, node.token.start_index))


def _nodes(nodes: Any, context: Any) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.children(context, include_partials=False), context)


def _expressions(expressions: Any) -> Iterator[Expression]:
    for expression in expressions:
        yield expression
        yield from _expressions(expression.children())


def _told(error: Exception) -> TemplateError:
    """What the library says, with its line."""
    place = getattr(error, "context", lambda: None)()
    if isinstance(error, RecursionError):
        return TemplateError(_("The template is nested too deeply."))
    return TemplateError(str(getattr(error, "message", None) or error), place[0] if place else 0)


@lru_cache(maxsize=1)
def _library() -> _Library:
    try:
        from liquid import Environment, RenderContext, StrictUndefined, Undefined  # noqa: PLC0415
        from liquid.builtin.expressions.primitive import RangeLiteral  # noqa: PLC0415
        from liquid.exceptions import LiquidError  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("tokens need python-liquid: pip install django-regulars[content]") from error

    class Hardened(Environment):
        block_nesting_limit = NESTING
        loop_iteration_limit = LOOPS
        output_stream_limit = LONGEST_OUTPUT

    @lru_cache(maxsize=4)
    def environment(is_html: bool, is_strict: bool) -> Environment:
        made = Hardened(autoescape=is_html, undefined=StrictUndefined if is_strict else Undefined)
        # What the parser itself is made of has names that no tag can have.
        own = ("content", "output", "illegal")
        kept = (*own, *TAGS) if is_html else own
        made.tags = {name: tag for name, tag in made.tags.items() if name in kept}
        made.filters = {name: function for name, function in made.filters.items() if name in FILTERS}
        return made

    # Numbers of thousands of digits are ValueErrors, expressions of thousands of parts RecursionErrors.
    return _Library(environment, RangeLiteral, RenderContext, (LiquidError, RecursionError, ValueError, ArithmeticError))
