"""In which language a front is answered: as it asks, and by no cookie, so that a cache may keep what is everyone's."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from personalization.conf import conf


def language_of(request: HttpRequest) -> str:
    """Of `?language=`, else of `Accept-Language`: the first that is one of the shop's; else the shop's own."""
    accepted = (code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
    for code in (request.GET.get("language", ""), *accepted):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return conf.base_language
