"""Checkout, for customers and guests."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from segmentation.activity import Kind
from shopdemo.shop.flows.cart import SESSION_KEY, find_cart, lines_of
from shopdemo.shop.flows.checkout import (
    CartGoneError,
    CheckoutError,
    CouponRefusedError,
    SoldOutError,
    TotalChangedError,
    place_order,
)
from shopdemo.shop.forms.checkout import AddressForm
from shopdemo.shop.models import Cart, Order
from shopdemo.shop.pricing import totals
from shopdemo.shop.shipping import HOME
from shopdemo.shop.views.cart import COUPON_KEY, current_coupon
from shopdemo.shop.views.requests import customer, follow, owner

PLACED_KEY = "placed"
KEPT = 10
"""So many orders of a session can be looked at by a guest."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """The address, what it all comes to, and the button that orders."""
    cart = find_cart(owner(request))
    lines = lines_of(cart)
    if cart is None or not lines:
        return redirect("shop:cart")
    form = _form(request)
    if form.is_valid():
        placed = _place(request, cart, form)
        if placed:
            return placed
    if request.method != "POST":
        follow(request, Kind.CHECKOUT)
    coupon = current_coupon(request, lines)
    country = form["country"].value() or HOME
    context = {"form": form, "lines": lines, "coupon": coupon, "totals": totals(lines, coupon, country), "country": country}
    return render(request, "shop/checkout.html", context)


@never_cache
@require_safe
def placed(request: HttpRequest, number: str) -> HttpResponse:
    """Thanks, to whoever placed the order in this session or to the customer whose it is; to others it is not there."""
    order = get_object_or_404(Order.objects.select_related("address"), number=number)
    user = customer(request)
    is_hers = user is not None and order.user_id == user.pk
    if number not in request.session.get(PLACED_KEY, []) and not is_hers:
        raise Http404
    return render(request, "shop/placed.html", {"order": order, "lines": order.lines.select_related("product").order_by("pk")})


def _form(request: HttpRequest) -> AddressForm:
    """Sent with the order, or only to have the delivery worked out again."""
    if "order" in request.POST:
        return AddressForm(request.POST, user=customer(request))
    return AddressForm(user=customer(request), country=HOME, written=request.POST)


def _place(request: HttpRequest, cart: Cart, form: AddressForm) -> HttpResponse | None:
    """On to the order, or back to the cart; None where the form is to be shown with another total."""
    code = request.session.get(COUPON_KEY, "")
    try:
        order = place_order(cart, customer(request), form.destination, code, timezone.now(), shown=form.shown)
    except TotalChangedError:
        messages.warning(request, _("The total has changed. Please look at it again."))
        return None
    except CheckoutError as error:
        if isinstance(error, CouponRefusedError):
            request.session.pop(COUPON_KEY, None)
        messages.error(request, _said(error))
        return redirect("shop:cart")
    if order.email:
        request.visitor.identify(email=order.email)  # type: ignore[attr-defined]
    for key in (SESSION_KEY, COUPON_KEY):
        request.session.pop(key, None)
    request.session[PLACED_KEY] = [*request.session.get(PLACED_KEY, []), order.number][-KEPT:]
    return redirect("shop:placed", number=order.number)


def _said(error: CheckoutError) -> str:
    match error:
        case SoldOutError(product=product):
            return _("There is not enough of “%(title)s” any more.") % {"title": product.title.capitalize()}
        case CouponRefusedError():
            return _("This code cannot be used for this cart.")
        case CartGoneError():
            return _("Your cart is empty.")
    return _("Your order could not be placed.")
