"""From a rule to a sentence that an owner can check, in the active language.

The sentence says what happens to those of whom the answer is not known, wherever that may surprise. Every clause is one
message with its subject in it, so that a language may put its words in another order; wherever a number governs a noun, a
message has the plural forms of the language; and what stands in several cases is a message for each (their contexts say
which). One file an idea; a new kind of leaf is a file here and a line in customers.py.
"""

from __future__ import annotations

from segmentation.facts.sentences.ranks import kept_said
from segmentation.facts.sentences.row_names import rows_named
from segmentation.facts.sentences.whole import leaf_sentence, sentence

__all__ = ["kept_said", "leaf_sentence", "rows_named", "sentence"]
