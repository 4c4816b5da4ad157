"""How texts are made comparable, in the data and in the rule alike."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """NFC, casefold, NFC again, trimmed.

    Casefolding can take a text out of NFC ("ǰ", one character, folds to "j" and a combining caron), so the form is
    restored once more: otherwise `contains "j"` would find a "j" in some spellings of it and not in others.
    """
    composed = unicodedata.normalize("NFC", text)
    folded = composed.casefold()
    return unicodedata.normalize("NFC", folded).strip()
