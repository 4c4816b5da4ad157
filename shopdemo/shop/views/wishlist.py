"""A customer's wishlist."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from segmentation.activity import Kind
from shopdemo.shop.catalogue import on_sale
from shopdemo.shop.flows.wishes import add_wish, drop_wish
from shopdemo.shop.models import Product, WishlistItem
from shopdemo.shop.views.catalogue import product_url
from shopdemo.shop.views.requests import back, customer, follow


@login_required
@never_cache
@require_safe
def wishlist(request: HttpRequest) -> HttpResponse:
    """Hers, the latest first."""
    hers = WishlistItem.objects.filter(user=request.user.pk, product__is_active=True)
    items = list(hers.select_related("product__category").order_by("-added_at", "-pk"))
    return render(request, "shop/wishlist.html", {"items": items})


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Wish for it; a visitor logs in first and finds the product again."""
    product = get_object_or_404(on_sale(), pk=pk)
    user = customer(request)
    if user is None:
        messages.info(request, _("Log in to keep a wishlist."))
        return redirect(f"{reverse('shop:login')}?{urlencode({'next': product_url(product)})}")
    if add_wish(user, product, timezone.now()):
        follow(request, Kind.ADD_TO_WISHLIST, product=product)
    messages.success(request, _("“%(title)s” is on your wishlist.") % {"title": product.title.capitalize()})
    return back(request, "shop:wishlist")


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Wish for it no longer."""
    user = customer(request)
    assert user is not None
    product = get_object_or_404(Product.objects.select_related("category"), pk=pk)
    if drop_wish(user, product):
        follow(request, Kind.REMOVE_FROM_WISHLIST, product=product)
    return back(request, "shop:wishlist")
