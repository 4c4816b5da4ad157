"""What is wrong with a rule, said beside the field where it was written."""

from __future__ import annotations

from segmentation.engine.quoting import quoted
from segmentation.errors import RuleError
from segmentation.rules import Rule


def messages_of(error: RuleError, rule: Rule | None = None) -> list[str]:
    """One message a problem. With the rule that was read, a problem quotes the condition it lies in."""
    return [quoted(problem, rule) for problem in error.problems]
