"""What pages ask of a request: whose it is, and where it may be sent on to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from shopdemo.shop.flows.cart import Owner, owner_of
from shopdemo.shop.models import Category, Product, User


def customer(request: HttpRequest) -> User | None:
    """Who is logged in."""
    return request.user if isinstance(request.user, User) else None


def owner(request: HttpRequest) -> Owner:
    """Whose cart the request is about."""
    return owner_of(request.user, request.session, request.visitor.visitor_id)  # type: ignore[attr-defined]


def follow(
    request: HttpRequest, kind: str, *, product: Product | None = None, category: Category | None = None, query: str = ""
) -> None:
    """Tell whoever follows visitors that this one did something; `kind` is one of segmentation.activity.Kind."""
    shelf = category or (product.category if product else None)
    request.visitor.record(  # type: ignore[attr-defined]
        kind, product_id=str(product.pk) if product else "", category=shelf.name if shelf else "", query=query
    )


def back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To the page that the form names in `next`, if it is one of ours; else to the page of this name."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if ours else resolve_url(otherwise))
