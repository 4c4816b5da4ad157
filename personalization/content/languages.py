"""In which language content speaks to somebody."""

from __future__ import annotations

from collections.abc import Iterator

from personalization.conf import conf
from personalization.content.snapshot import Content, Words

SILENT = Words()
"""Of content that has no words in any language: it fits everyone."""


def words_for(content: Content, language: str) -> Words | None:
    """What the content says in this language or, where it has nothing in it, in one that may stand in. None: nothing."""
    if not content.words:
        return SILENT
    return next((content.words[code] for code in _codes(language) if code in content.words), None)


def _codes(language: str) -> Iterator[str]:
    """The language itself, what it is a variety of, and what may stand in for it."""
    yield language
    general = language.split("-")[0]
    given = conf.content_fallbacks.get(language)
    if given is not None:
        yield from given
    elif general != "zh":  # traditional and simplified are two languages to those who read them, and so is English
        yield from (general, conf.base_language)
