"""Pages that only say something."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shopdemo.shop.shipping import AT_HOME, ELSEWHERE, IN_EUROPE


@require_safe
def delivery(request: HttpRequest) -> HttpResponse:
    """What delivery costs, and how things come back."""
    return render(request, "shop/delivery.html", {"home": AT_HOME, "europe": IN_EUROPE, "elsewhere": ELSEWHERE})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the shop knows of its customers."""
    return render(request, "shop/privacy.html")
