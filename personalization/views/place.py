"""Choosing a country, a currency and a language, or closing the question."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import translate_url
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from personalization.conf import conf
from personalization.views.back import way_back
from personalization.visitor.cookies import PLACE
from personalization.visitor.countries import country_of
from personalization.visitor.place_choice import PlaceChoice
from personalization.visitor.who import Visitor


@never_cache
@csrf_protect
@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """Take what was chosen: fields `country`, `currency`, `language`, each if it is there; a button `close` takes nothing."""
    visitor: Visitor = request.visitor  # type: ignore[attr-defined]
    back = way_back(request, "/")
    chosen = replace(visitor.chosen, is_settled=True)
    language = ""
    if "close" not in request.POST:
        chosen = _chosen(request, chosen)
        language = request.POST.get("language", "")
    visitor.jar.put(PLACE, chosen.said)
    visitor.forget()
    if language not in conf.languages:
        return HttpResponseRedirect(back)
    response = HttpResponseRedirect(translate_url(back, language))
    response.set_cookie(value=language, **conf.language_cookie)
    return response


def _chosen(request: HttpRequest, before: PlaceChoice) -> PlaceChoice:
    """An empty field takes a choice back; what the shop does not offer changes nothing."""
    country, currency = request.POST.get("country"), request.POST.get("currency")
    if country is not None and (not country or country_of(country)):
        before = replace(before, country=country_of(country))
    if currency is not None and currency in ("", *conf.currencies):
        before = replace(before, currency=currency)
    return before
