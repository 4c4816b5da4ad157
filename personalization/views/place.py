"""Choosing a country, a currency and a language, or closing the question."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import translate_url
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from personalization.conf import conf
from personalization.views.back import way_back
from personalization.visitor.place_choice import choose_place
from personalization.visitor.who import Visitor


@never_cache
@csrf_protect
@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """Take what was chosen: fields `country`, `currency`, `language`, each if it is there; a button `close` takes nothing."""
    visitor: Visitor = request.visitor  # type: ignore[attr-defined]
    back = way_back(request, "/")
    said = {} if "close" in request.POST else request.POST
    choose_place(visitor, country=said.get("country"), currency=said.get("currency"))
    language = said.get("language", "")
    if language not in conf.languages:
        return HttpResponseRedirect(back)
    response = HttpResponseRedirect(translate_url(back, language))
    response.set_cookie(value=language, **conf.language_cookie)
    return response
