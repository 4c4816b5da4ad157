"""What is wrong with a rule, said beside the field where it was written."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from segmentation.errors import Problem, RuleError
from segmentation.rules import Rule, format_rule
from segmentation.rules.tree import Group, leaves

QUOTED = 80
"""So many characters of a condition are quoted."""


def messages_of(error: RuleError, rule: Rule | None = None) -> list[str]:
    """One message a problem. With the rule that was read, a problem quotes the condition it lies in."""
    return [_said(problem, rule) for problem in error.problems]


def _said(problem: Problem, rule: Rule | None) -> str:
    template = _(problem.template)
    said = template % problem.params if problem.params else template
    if problem.line is not None:
        return _("Line %(line)d, column %(column)d: %(problem)s") % {
            "line": problem.line,
            "column": problem.column,
            "problem": said,
        }
    if not problem.path:
        return said
    condition = _condition(problem.path, rule) if rule else None
    if condition is None:
        return _("At %(path)s: %(problem)s") % {"path": problem.path, "problem": said}
    return _("In “%(condition)s” (%(path)s): %(problem)s") % {"condition": condition, "path": problem.path, "problem": said}


def _condition(path: str, rule: Rule) -> str | None:
    """The text of the condition that holds the place, if one does."""
    for place, leaf in leaves(rule):
        if path == place or path.startswith(f"{place}/"):
            return Truncator(format_rule(Rule(Group("and", (leaf,))))).chars(QUOTED)
    return None
