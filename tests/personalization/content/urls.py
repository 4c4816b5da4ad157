"""A shop with pages that have slots, in the several ways in which a shop may cache them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.cache import cache_control, cache_page

from personalization import urls
from personalization.content.caching import private_page, vary_on_variant

PAGE = (
    '{% load personalization %}<!doctype html><html lang="en"><head><title>Shop</title>{% slot_assets %}</head>'
    "<body><main><h1>Shop</h1>{% for slug in slugs %}{% slot slug %}{% endfor %}"
    '{% pagevariant "look" as look %}<p data-look="{{ look }}">The end</p></main></body></html>'
)


def page(request: HttpRequest, slugs: str) -> HttpResponse:
    """A page with these slots."""
    return HttpResponse(engines["django"].from_string(PAGE).render({"slugs": slugs.split(",")}, request))


AT_HAND = (
    "{% load personalization %}{% slot_assets %}{% for slug in slugs %}"
    "{% slot slug product=product basket=basket query=query missing=missing %}{% endfor %}"
)


def page_at(request: HttpRequest, slugs: str) -> HttpResponse:
    """A page with these slots, which says what it has at hand."""
    said = {"product": request.GET.get("product"), "basket": request.GET.getlist("basket"), "query": request.GET.get("query")}
    context = {"slugs": slugs.split(","), **said, "missing": request.GET.get("missing")}
    return HttpResponse(engines["django"].from_string(AT_HAND).render(context, request))


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The demo shop's own page leads to pages that are not here."""
    return HttpResponse(status=404)


public = cache_control(public=True, max_age=60)(page)

own = [*urls.urlpatterns, path("why/<slug:slot>/", page, name="why")]

urlpatterns = [
    path("page/<str:slugs>/", page),
    path("at/<str:slugs>/", page_at),
    path("at/public/<str:slugs>/", cache_control(public=True, max_age=60)(page_at)),
    path("at/cached/<str:slugs>/", cache_page(60)(page_at)),
    path("public/<str:slugs>/", public),
    path("shared/<str:slugs>/", cache_control(s_maxage=60)(page)),
    path("cached/<str:slugs>/", cache_page(60)(page)),
    path("varied/<str:slugs>/", cache_page(60)(vary_on_variant(page))),
    path("private/<str:slugs>/", cache_page(60)(private_page(page))),
    path("own/<str:slugs>/", private_page(page)),
    path("checkout/<str:slugs>/", page),
    path("personal/", include((own, "personalization"))),
]
