"""A customer's orders."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shopdemo.shop.models import Order

A_PAGE = 20


@login_required
@never_cache
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """All of hers, the latest first."""
    hers = Order.objects.filter(user=request.user.pk).annotate(
        pieces=Sum("lines__quantity", filter=Q(lines__product__isnull=False))
    )
    page = Paginator(hers.order_by("-placed_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "shop/orders.html", {"page": page})


@login_required
@never_cache
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One of hers; anybody else's is not there."""
    shown = get_object_or_404(Order.objects.select_related("address"), number=number, user=request.user.pk)
    lines = shown.lines.select_related("product").order_by("pk")
    return render(request, "shop/order.html", {"order": shown, "lines": lines})
