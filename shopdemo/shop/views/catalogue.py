"""Home, shelves, search and products."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from segmentation.activity import Kind
from shopdemo.shop.catalogue import (
    BANDS,
    SORTINGS,
    named,
    on_sale,
    ordered,
    shelves,
    within,
)
from shopdemo.shop.flows.cart import MOST
from shopdemo.shop.forms.cart import QuantityForm
from shopdemo.shop.models import Category, Product, WishlistItem
from shopdemo.shop.names import BLURBS, DESCRIPTIONS, pieces_of
from shopdemo.shop.search import found, parsed, suggestions
from shopdemo.shop.season import scene_of
from shopdemo.shop.shipping import AT_HOME
from shopdemo.shop.views.requests import customer, follow

A_PAGE = 24
NEW_FOR = timedelta(days=30)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The shop window."""
    context = {"scene": scene_of(timezone.localdate()), "bands": BANDS, "free_from": AT_HOME.free_from}
    return render(request, "shop/home.html", context)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """One shelf."""
    current = get_object_or_404(Category, slug=slug)
    follow(request, Kind.VIEW, category=current)
    listed = _listed(request, on_sale().filter(category=current))
    return render(request, "shop/list.html", {"current": current, "blurb": BLURBS.get(slug, ""), **listed})


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """All shelves at once."""
    return render(request, "shop/list.html", {"current": None, **_listed(request, on_sale())})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What fits a query; what else might, if nothing does."""
    query = parsed(request.GET.get("q", ""))
    if query.words:
        follow(request, Kind.SEARCH, query=query.text)
    products = found(query, list(shelves()))
    page = Paginator(products, A_PAGE).get_page(request.GET.get("page"))
    context = {"query": query.text, "page": page, "suggestions": [] if page.object_list else suggestions(query)}
    return render(request, "shop/search.html", context)


@require_safe
def product(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One product; an old slug leads to the new one."""
    shown = get_object_or_404(on_sale(), pk=pk)
    if slug != shown.slug:
        return HttpResponsePermanentRedirect(product_url(shown))
    follow(request, Kind.VIEW, product=shown)
    user = customer(request)
    shelf = shown.category.slug if shown.category else "other"
    context = {
        "product": shown,
        "description": DESCRIPTIONS.get(shelf, DESCRIPTIONS["other"]),
        "pieces": pieces_of(shown.title),
        "form": QuantityForm(),
        "most": min(MOST, shown.stock),
        "wished": bool(user) and WishlistItem.objects.filter(user=user, product=shown).exists(),
        "is_new": shown.created_at > timezone.now() - NEW_FOR,
        "rate": AT_HOME,
    }
    return render(request, "shop/product.html", context)


def product_url(product: Product) -> str:
    """The address of its page."""
    return redirect("shop:product", pk=product.pk, slug=product.slug).url


def _listed(request: HttpRequest, products: QuerySet[Product]) -> dict[str, Any]:
    sorting = named(SORTINGS, request.GET.get("sort")) or SORTINGS[0]
    band = named(BANDS, request.GET.get("price"))
    page = Paginator(ordered(within(products, band), sorting), A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "sortings": SORTINGS, "bands": BANDS, "sorting": sorting, "band": band}
