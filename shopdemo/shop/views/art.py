"""Pictures, drawn when they are asked for and kept by browsers for a year."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from shopdemo.shop.art.picture import category_picture, product_picture
from shopdemo.shop.art.scene import SCENES, scene
from shopdemo.shop.models import Product

YEAR = 31_536_000

kept = cache_control(public=True, max_age=YEAR, immutable=True)


@kept
@require_safe
def product_art(request: HttpRequest, pk: int) -> HttpResponse:
    """A product, as its title says it looks."""
    product = get_object_or_404(Product.objects.select_related("category"), pk=pk)
    return _svg(product_picture(product.code, product.title, product.category.slug if product.category else ""))


@kept
@require_safe
def category_art(request: HttpRequest, slug: str) -> HttpResponse:
    """A shelf."""
    return _svg(category_picture(slug))


@kept
@require_safe
def scene_art(request: HttpRequest, name: str) -> HttpResponse:
    """A scene of the shop window."""
    if name not in SCENES:
        raise Http404
    return _svg(scene(name))


def _svg(picture: str) -> HttpResponse:
    return HttpResponse(picture, content_type="image/svg+xml")
