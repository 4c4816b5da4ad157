"""The shop's pages: for now the products, by category."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shopdemo.shop.models import Category, Product

PRODUCTS_A_PAGE = 24


def products(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """What is on sale, of one category or of all, a page at a time; four queries, however many products."""
    categories = Category.objects.annotate(size=Count("products", filter=Q(products__is_active=True))).filter(size__gt=0)
    current = get_object_or_404(Category, slug=slug) if slug else None
    on_sale = Product.objects.filter(is_active=True).select_related("category")
    if current:
        on_sale = on_sale.filter(category=current)
    page = Paginator(on_sale, PRODUCTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "shop/products.html", {"categories": categories, "current": current, "page": page})
