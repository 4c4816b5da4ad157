"""What somebody said about being profiled: here, on their account, or by a signal of the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PROFILING = "profiling"


def words_of(said: Any) -> dict[str, bool]:
    """Purpose -> word, of what the consent cookie says; nothing where it says something else."""
    words = said.get("words") if isinstance(said, Mapping) else None
    return {str(purpose): word for purpose, word in words.items() if isinstance(word, bool)} if isinstance(words, Mapping) else {}


def notice_of(said: Any) -> str:
    """Version of the notice that the consent cookie answers; "" for none."""
    return str(said.get("notice", "")) if isinstance(said, Mapping) else ""


def choice(words: Mapping[str, bool], notice: str) -> dict[str, Any]:
    """What the consent cookie is to say."""
    return {"words": dict(words), "notice": notice}


def refuses_by_browser(headers: Mapping[str, str]) -> bool:
    """Whether the browser asks not to be followed: Global Privacy Control, or the older Do Not Track."""
    return headers.get("Sec-GPC") == "1" or headers.get("DNT") == "1"


def settled(here: bool | None, profile: bool | None, refused_by_browser: bool) -> bool | None:
    """The word that counts: a no, wherever it was said; else a yes; else the browser's signal; None is no word.

    A browser's signal speaks for all sites, so a yes that somebody gave this shop is the more particular word.
    """
    if here is False or profile is False:
        return False
    if here or profile:
        return True
    return False if refused_by_browser else None
