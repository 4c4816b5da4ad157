"""The cart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from segmentation.activity import Kind
from shopdemo.shop.catalogue import on_sale
from shopdemo.shop.flows.cart import add_to_cart, find_cart, lines_of, set_quantities
from shopdemo.shop.flows.coupons import spelled, valid_coupon
from shopdemo.shop.forms.cart import CouponForm, QuantityForm, quantities_of
from shopdemo.shop.models import CartLine, Coupon
from shopdemo.shop.pricing import goods_of, totals
from shopdemo.shop.views.requests import back, customer, follow, owner

COUPON_KEY = "coupon"


@never_cache
@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    """What is in it and what it comes to."""
    lines = lines_of(find_cart(owner(request)))
    coupon = current_coupon(request, lines)
    user = customer(request)
    context = {
        "lines": lines,
        "coupon": coupon,
        "coupon_form": CouponForm(),
        "totals": totals(lines, coupon, user.country if user else ""),
        "short": [line for line in lines if line.quantity > line.product.stock],
    }
    return render(request, "shop/cart.html", context)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put so many of a product into the cart."""
    product = get_object_or_404(on_sale(), pk=pk)
    form = QuantityForm(request.POST)
    line = add_to_cart(owner(request), product, form.cleaned_data["quantity"], timezone.now()) if form.is_valid() else None
    if line is None:
        messages.error(request, _("This could not be put into your cart."))
    else:
        follow(request, Kind.ADD_TO_CART, product=product)
        messages.success(request, _("“%(title)s” is in your cart.") % {"title": product.title.capitalize()})
    return back(request, "shop:cart")


@require_POST
def update(request: HttpRequest) -> HttpResponse:
    """Set the quantities; a "remove" button names the line that goes."""
    quantities = quantities_of(request.POST)
    removed = request.POST.get("remove", "")
    if removed.isascii() and removed.isdigit():
        quantities = {int(removed[:18]): 0}
    for product in set_quantities(owner(request), quantities, timezone.now()):
        follow(request, Kind.REMOVE_FROM_CART, product=product)
    messages.success(request, _("Your cart is up to date."))
    return redirect("shop:cart")


@require_POST
def coupon(request: HttpRequest) -> HttpResponse:
    """Use a code, or none: every refusal reads the same."""
    form = CouponForm(request.POST)
    code = spelled(form.cleaned_data["code"]) if form.is_valid() else ""
    lines = lines_of(find_cart(owner(request)))
    request.session.pop(COUPON_KEY, None)
    if valid_coupon(code, goods_of(lines), timezone.now()):
        request.session[COUPON_KEY] = code
        messages.success(request, _("Your coupon is used."))
    elif "remove" in request.POST:
        messages.success(request, _("Your coupon is not used any more."))
    else:
        messages.error(request, _("This code cannot be used for this cart."))
    return back(request, "shop:cart")


def current_coupon(request: HttpRequest, lines: list[CartLine]) -> Coupon | None:
    """The coupon of this session, as long as it counts for these lines."""
    return valid_coupon(request.session.get(COUPON_KEY, ""), goods_of(lines), timezone.now())
