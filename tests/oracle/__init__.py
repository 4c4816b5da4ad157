"""The oracle: an independent, slow and obvious evaluator of stored rules, against which the engines are tested.

It is written from the specification alone, with the standard library alone, and imports nothing of the project.
What it should mean stands in the docstrings of its modules; where an engine disagrees, the specification decides.

evaluate          the tree: groups, leaves, `where` within one row
operators         one table of operators by kind; date_operators and time_operators for days and times
measures, windows, rows   what is measured, when, over which rows
entry             how raw values enter: folded, rounded, floored
moments, text, numbers, kleene   days and moments, texts, exact numbers, three truth values
shop, schema      the world that is evaluated; strategies make such worlds and rules for Hypothesis

A new kind of leaf, operator, measure, window or relation is a function and a line in the table beside it.
"""

from __future__ import annotations

from .evaluate import leaf_truths, members, truth
from .shop import OracleShop

__all__ = ["OracleShop", "leaf_truths", "members", "truth"]
