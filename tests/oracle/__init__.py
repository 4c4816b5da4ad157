"""The oracle: an independent, slow and obvious evaluator of stored rules, against which the engines are tested.

It is written from the specification alone, with the standard library alone, and imports nothing of the project.
What it should mean stands in the docstrings of its modules; where an engine disagrees, the specification decides.

evaluate          the tree, and the table of leaves
consent           what is not asked of those who did not agree to profiling
facts, nth, rank, member, bucket, sequence, pattern   the leaves, one idea a file (facts: attribute and behaviour)
matching          rows that match a `where` and a window, quantifiers, the window since_last
groups, kleene    and, or, at_least, not over three truth values
operators         one table of operators by kind; date_operators, time_operators and geo for what needs more
measures, windows, rows   what is measured, when, over which rows
entry             how raw values enter: folded, converted, rounded, floored
moments, text, numbers    days and moments, texts, exact numbers
prior             who was a member before, and which segments are answered together
shop, schema      the world that is evaluated; strategies make such worlds and rules for Hypothesis

A new kind of leaf, operator, measure, window or relation is a function and a line in the table beside it.
"""

from __future__ import annotations

from .evaluate import leaf_truths, members, truth
from .prior import Prior, Standing
from .shop import OracleShop

__all__ = ["OracleShop", "Prior", "Standing", "leaf_truths", "members", "truth"]
