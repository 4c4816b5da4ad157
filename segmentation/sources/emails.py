"""When two e-mail addresses are the same: NFC, trimmed, lower-cased."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.db.models import Value
from django.db.models.functions import Lower, Replace, Trim

STRAY = ("\t", "\n", "\r", "\u00a0")
"""What imports leave at the ends of addresses and no address holds; SQL trims spaces alone."""


def fold_email(email: str) -> str:
    """The one spelling that stands for all spellings of an address."""
    for stray in STRAY:
        email = email.replace(stray, "")
    return unicodedata.normalize("NFC", email).strip().lower()


def folded(expression: str) -> Lower:
    """The same in SQL, as far as databases go: SQLite lowers A to Z only, and none normalises. Fit for an index."""
    cleaned: Replace | str = expression
    for stray in STRAY:
        cleaned = Replace(cleaned, Value(stray), Value(""))
    return Lower(Trim(cleaned))


def spellings(emails: Iterable[str]) -> list[str]:
    """What `folded` may give for these addresses: more than one each only beyond ASCII."""
    return list(dict.fromkeys(spelling for email in emails for spelling in _spellings(email)))


def _spellings(email: str) -> list[str]:
    wanted = fold_email(email)
    if wanted.isascii():
        return [wanted]
    cased = (wanted, wanted.upper(), email.strip())
    forms = (unicodedata.normalize(form, text) for text in cased for form in ("NFC", "NFD"))
    candidates = dict.fromkeys(lowered for form in forms for lowered in (form.lower(), _ascii_lower(form)))
    return [spelling for spelling in candidates if fold_email(spelling) == wanted]


def _ascii_lower(text: str) -> str:
    return "".join(character.lower() if character.isascii() else character for character in text)
