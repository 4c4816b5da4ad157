"""What a refresh saw that the owner of a segment should look at, although the segment was answered."""

from __future__ import annotations

from segmentation.engine.absent import absent_values
from segmentation.engine.local import Answers
from segmentation.engine.quoting import quoted
from segmentation.facts import Catalogue
from segmentation.rules import Rule


def note_on(rule: Rule, answers: Answers, catalogue: Catalogue) -> str:
    """Values of the rule that stand in no row of the shop any more, in sentences; "" where all of them do. No query is made.

    Everybody who sees the segment reads it, so values of restricted facts are not named.
    """
    absent = absent_values(rule, answers.columns, answers.plan, catalogue)
    return "; ".join(quoted(problem, rule) for problem in absent)
