"""The marks of a template, `{{ … }}` and `{% … %}`, looked through in one pass before any parser reads them.

The parser's patterns go back and forth over what is not closed, or over long runs of spaces: three thousand `{{` cost it
four seconds, and eight times that for twice as many. What is let through here takes it time that grows with its length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from personalization.errors import TemplateError

MOST = 300
"""Marks in a source."""

LONGEST = 500
"""Characters of a mark."""

MOST_FILTERS = 5
"""In one mark."""

INNER = {"if": ("elsif", "else"), "unless": ("elsif", "else"), "case": ("when", "else")}
"""Tag -> those that stand inside it; each also has its end."""

_MARK = re.compile(r"\{\{|\{%|\}\}|%\}")
_CLOSED_BY = {"{{": "}}", "{%": "%}"}
_TAG = re.compile(r"-?\s{0,9}(\w+|#)")
_MANY_SPACES = re.compile(r"\s{20}")


def line_of(source: str, index: int) -> int:
    """The line, from 1, on which the character of this index stands."""
    return source.count("\n", 0, max(index, 0)) + 1


def demand_plain_marks(source: str, tags: Sequence[str]) -> int:
    """The number of marks. Raises TemplateError unless each is closed, short and of a known tag."""
    known = {*tags, *(f"end{tag}" for tag in tags), *(inner for tag in tags for inner in INNER.get(tag, ()))}
    count, start, opener = 0, 0, ""
    for found in _MARK.finditer(source):
        mark = found[0]
        if opener and mark == _CLOSED_BY[opener]:
            _demand_fit(source[start + 2 : found.start()], opener, known, line_of(source, start))
            count, opener = count + 1, ""
        elif mark in _CLOSED_BY:
            if opener:
                raise _unclosed(source, start, opener)
            start, opener = found.start(), mark
        if count > MOST:
            raise TemplateError(_("There are more than %(limit)d marks.") % {"limit": MOST}, line_of(source, start))
    if opener:
        raise _unclosed(source, start, opener)
    return count


def _unclosed(source: str, start: int, opener: str) -> TemplateError:
    said = {"opener": opener, "closer": _CLOSED_BY[opener]}
    return TemplateError(_("“%(opener)s” is not closed by “%(closer)s”.") % said, line_of(source, start))


def _demand_fit(inside: str, opener: str, known: set[str], line: int) -> None:
    if len(inside) > LONGEST or _MANY_SPACES.search(inside):
        raise TemplateError(_("A mark is longer than %(limit)d characters, or full of spaces.") % {"limit": LONGEST}, line)
    if inside.count("|") > MOST_FILTERS:
        raise TemplateError(_("A mark has more than %(limit)d filters.") % {"limit": MOST_FILTERS}, line)
    if opener == "{%":
        found = _TAG.match(inside)
        if found is None or found[1] not in known:
            raise TemplateError(_("There is no tag “%(name)s”.") % {"name": found[1] if found else inside.strip()[:20]}, line)
