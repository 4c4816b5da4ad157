"""Which of the shop's languages a visitor might rather read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.translation.trans_real import parse_accept_lang_header

from personalization.visitor.countries import country_of

SCRIPTS = {
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-my": "zh-hans",
}
"""Chinese is written in two ways, and a country says in which."""

CHINESE = ("zh-hant", "zh-hans")


def suggest_language(accept_language: str, country: str, offered: Sequence[str], current: str) -> str:
    """An offered language that fits the visitor better than the current one; "" if there is none. Never raises.

    What the browser asks for comes first. Where that is what he reads already, or nothing we have, his country is asked: one of
    its official languages, unless the current one is among them.
    """
    place = country_of(country)
    accepted = list(_accepted(accept_language))
    wanted = _first((tag for tag, quality in accepted if quality > 0), place, offered)
    if wanted and wanted != current:
        return wanted
    spoken = languages_of(place)
    if _first([current], place, spoken):
        return ""
    refused = {canonical(tag, place) for tag, quality in accepted if quality == 0}
    local = _first((code for code in spoken if code not in refused), place, offered)
    return "" if local == current else local


def _accepted(header: str) -> Iterable[tuple[str, float]]:
    try:
        return parse_accept_lang_header(header)
    except Exception:  # older versions of Django refuse what is too long
        return ()


def _first(tags: Iterable[str], country: str, offered: Sequence[str]) -> str:
    """The first offered language that one of the tags means, in the order of the tags."""
    known = {canonical(code, country): code for code in reversed(offered)}
    for tag in tags:
        exact = canonical(tag, country)
        if found := known.get(exact) or (exact not in CHINESE and known.get(exact.partition("-")[0])):
            return found
    return ""


def canonical(tag: str, country: str = "") -> str:
    """A tag in small letters, Chinese by its script: "zh_TW" and "zh-Hant-HK" are "zh-hant"; bare "zh" as its country writes."""
    folded = tag.lower().replace("_", "-")
    if folded.split("-")[0] != "zh":
        return folded
    for script in CHINESE:
        if folded == script or folded.startswith(f"{script}-"):
            return script
    return SCRIPTS.get(folded) or SCRIPTS.get(f"zh-{country.lower()}", "zh-hans")


@lru_cache(maxsize=512)
def languages_of(country: str) -> tuple[str, ...]:
    """Official languages of a country, the most spoken first; nothing where it is unknown, or without Babel."""
    try:
        from babel.languages import get_official_languages  # noqa: PLC0415  comes with the extra "place"
    except ImportError:
        return ()
    codes: tuple[str, ...] = get_official_languages(country, de_facto=True) if country else ()
    return tuple(canonical(code, country) for code in codes)
