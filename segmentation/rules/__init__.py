"""The rule tree, plain Python: its nodes, its JSON, its text. Trees name facts by key only."""

from segmentation.rules.language import format_rule, parse
from segmentation.rules.stored import dump, dumps, load, loads
from segmentation.rules.tree import Rule

__all__ = ["Rule", "dump", "dumps", "format_rule", "load", "loads", "parse"]
