"""A problem of a rule as a sentence that quotes the condition it lies in: nobody counts conditions to find /rules/3."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from segmentation.errors import Problem
from segmentation.rules import Rule, format_rule
from segmentation.rules.tree import Group, leaves

QUOTED = 80
"""So many characters of a condition are quoted."""

PLACES = ("other",)
"""Params of problems that are places themselves."""


def quoted(problem: Problem, rule: Rule | None = None) -> str:
    """The sentence in the active language, with its place. With the rule that was read, it quotes the conditions it is about."""
    said = _said(problem, rule)
    if problem.line is not None:
        return _("Line %(line)d, column %(column)d: %(problem)s") % {
            "line": problem.line,
            "column": problem.column,
            "problem": said,
        }
    if not problem.path:
        return said
    condition = _condition(problem.path, rule)
    if condition is None:
        return _("At %(path)s: %(problem)s") % {"path": problem.path, "problem": said}
    return _("In “%(condition)s” (%(path)s): %(problem)s") % {"condition": condition, "path": problem.path, "problem": said}


def _said(problem: Problem, rule: Rule | None) -> str:
    template = _(problem.template)
    if not problem.params:
        return template
    places = {name: _placed(problem.params[name], rule) for name in PLACES if name in problem.params}
    return template % {**problem.params, **places}


def _placed(path: str, rule: Rule | None) -> str:
    condition = _condition(path, rule)
    return path if condition is None else _("“%(condition)s” (%(path)s)") % {"condition": condition, "path": path}


def _condition(path: str, rule: Rule | None) -> str | None:
    """The text of the condition that holds the place, if one does."""
    for place, leaf in leaves(rule) if rule else ():
        if path == place or path.startswith(f"{place}/"):
            return Truncator(format_rule(Rule(Group("and", (leaf,))))).chars(QUOTED)
    return None
