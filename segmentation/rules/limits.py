"""How much a rule may hold. What is larger than any owner would write is refused before it costs anything."""

from __future__ import annotations

MAX_BYTES = 32_768
"""Of a rule in canonical JSON, and of its text."""

MAX_DEPTH = 8
"""Groups in groups; the root is 1."""

MAX_LEAVES = 200
"""Conditions in all, tests of rows among them."""

MAX_WHERE_DEPTH = 16
"""Groups inside `where` and `test` do not count as depth of the rule, but a reader must stop somewhere."""

MAX_PARENTHESES = 64
"""Deeper than any legal rule; a hostile text is refused before it is parsed."""

MIN_STEPS, MAX_STEPS = 2, 10
"""Steps of a sequence."""

MAX_PERIODS = 60
"""Periods of a pattern."""

MAX_NTH = 1000
"""Which row may be asked by its number."""

MAX_SHOWN = 60
"""Characters of a wrong value that a message repeats."""
