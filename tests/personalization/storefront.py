"""A few pages of a shop that knows who is looking."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib import admin
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.cache import cache_control, cache_page

from personalization.measure.shown import note_shown
from shopdemo.shop.models import User


def page(source: str) -> Any:
    """A view that shows a template."""

    def show(request: HttpRequest) -> HttpResponse:
        return HttpResponse(engines["django"].from_string("{% load personalization %}" + source).render({}, request))

    return show


def fact(request: Any, name: str) -> HttpResponse:
    """One fact of whoever is looking."""
    return HttpResponse(str(getattr(request.visitor, name)), content_type="text/html")


def plain(request: HttpRequest) -> HttpResponse:
    """A page that asks nothing."""
    return HttpResponse("plain")


def view(request: Any, product: str) -> HttpResponse:
    """A product's page."""
    request.visitor.record("view", product_id=product, category="Lamps")
    return HttpResponse("product")


def listed(request: HttpRequest, products: str) -> HttpResponse:
    """A page that shows a list, which stands under this token."""
    ids = products.split(",")
    status = 500 if request.GET.get("fails") else 200
    token = note_shown(request, strategy="trending", version=None, products=ids, propensities=[0.5] * len(ids), slot="home")
    return HttpResponse(token, status=status)


def framed_list(request: HttpRequest) -> HttpResponse:
    """A page with a list of three products, and something to press in one of them."""
    token = note_shown(request, strategy="trending", version=None, products=["7", "8", "9"])
    items = [f'<li data-rg-place="{place}"><a href="/plain/?{place}">Product {place}</a></li>' for place in (1, 2)]
    items.append('<li data-rg-place="3"><button type="button">Buy</button> <b>just words</b></li>')
    source = FRAME % ("", f'<ul data-rg-shown="{token}">{"".join(items)}</ul><a href="/plain/">Elsewhere</a>')
    return page(source.replace("<title>", "{% slot_assets %}<title>"))(request)


def broken(request: Any) -> HttpResponse:
    """A page that fails after something was recorded."""
    request.visitor.record("view", product_id="7")
    return HttpResponse("broken", status=500)


def enter(request: Any, name: str) -> HttpResponse:
    """Log in, with no questions asked."""
    login(request, User.objects.get(email=name))
    return HttpResponse("in")


def leave(request: Any) -> HttpResponse:
    """Log out."""
    logout(request)
    return HttpResponse("out")


def guest_order(request: Any, email: str) -> HttpResponse:
    """What a shop calls after it saved a guest's order."""
    request.visitor.identify(email=email)
    return HttpResponse("thanks")


def recommended(request: HttpRequest, strategies: str) -> HttpResponse:
    """A page with a list of each of these strategies: the source and the id of each product, a line a list."""
    source = (
        "{% load personalization %}{% for slug in slugs %}{% recommend slug limit=4 product=p basket=b as found %}"
        "{% for one in found %}{{ one.source }}:{{ one.id }} {% endfor %}\n{% endfor %}"
    )
    given = {"slugs": strategies.split(","), "p": request.GET.get("product"), "b": request.GET.getlist("basket")}
    return HttpResponse(engines["django"].from_string(source).render(given, request))


async def later(request: Any) -> HttpResponse:
    """An async view that loads first and renders then."""
    await request.visitor.aload()
    return JsonResponse({"segments": sorted(request.visitor.segments), "name": request.visitor.first_name})


async def too_early(request: Any) -> HttpResponse:
    """An async view that asks before it loaded, and once more after."""
    before = sorted(request.visitor.segments)
    await request.visitor.aload()
    return JsonResponse({"before": before, "after": sorted(request.visitor.segments)})


async def in_a_thread(request: Any) -> HttpResponse:
    """An async view that renders in a thread, where a template may ask what it likes."""
    return await sync_to_async(VIP)(request)


async def view_later(request: Any, product: str) -> HttpResponse:
    """A product's page, async."""
    request.visitor.record("view", product_id=product)
    return HttpResponse("product")


VIP = page('{% insegment "vip" %}for members{% else %}for all{% endinsegment %}')
# With an icon: a browser that looks for one gets the page of what is not found, whose forms set a token beside the banner's.
FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><title>A shop</title></head>
<body>%s<main><h1>A shop</h1>%s</main></body></html>"""
FRAMED = page(FRAME % ("{% consent_banner %}{% place_banner %}", '<p>{% price "10.00" "GBP" %}</p>'))
FRAMED_PUBLIC = page(FRAME % ("{% consent_banner fragment=True %}", "<p>The same for everybody</p>"))

urlpatterns = [
    path("personalization/", include("personalization.urls")),
    path("api/", include("personalization.rest.urls")),
    path("shop/", include("shopdemo.shop.urls")),  # the demo's own pages, such as that of what is not there, lead to these
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("vip/", VIP),
    path("vip/public/", cache_control(public=True, max_age=600)(VIP)),
    path("vip/cached/", cache_page(600)(VIP)),
    path("public/", cache_control(public=True, max_age=600)(plain)),
    path("plain/", plain),
    path("fact/<name>/", fact),
    path("product/<product>/", view),
    path("broken/", broken),
    path("list/<products>/", listed),
    path("framed/list/", framed_list),
    path("list/<products>/public/", cache_control(public=True, max_age=600)(listed)),
    path("list/<products>/cached/", cache_page(600)(listed)),
    path("recommended/<strategies>/", recommended),
    path("recommended/<strategies>/public/", cache_control(public=True, max_age=600)(recommended)),
    path("recommended/<strategies>/cached/", cache_page(600)(recommended)),
    path("enter/<name>/", enter),
    path("leave/", leave),
    path("guest-order/<email>/", guest_order),
    path("later/", later),
    path("too-early/", too_early),
    path("in-a-thread/", in_a_thread),
    path("later/product/<product>/", view_later),
    path("consent-banner/", page("{% consent_banner %}")),
    path("place-banner/", page("{% place_banner %}")),
    path("price/", page('{% price "10.00" "GBP" %}')),
    path("hello/", page("Hello {{ visitor.first_name }} in {{ visitor.location.country }}")),
    path("framed/", FRAMED),
    path("framed/public/", cache_control(public=True, max_age=600)(FRAMED_PUBLIC)),
    path("fragment/", cache_control(public=True, max_age=600)(page("{% consent_banner fragment=True %}"))),
]
