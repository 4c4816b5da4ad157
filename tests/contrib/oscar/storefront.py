"""A visitor of Oscar's storefront, who clicks what people click."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from oscar.core.loading import get_model

Order = get_model("order", "Order")

ADDRESS = {"first_name": "Dan", "last_name": "Doe", "line1": "1 High Street", "line4": "Town"}
POSTCODES = {"GB": "LS1 1AA", "FR": "69001"}


class Shopper:
    """Somebody with a browser; logged in if `user` is given."""

    def __init__(self, user: User | None = None) -> None:
        self.browser = Client()
        if user:
            self.browser.force_login(user, "django.contrib.auth.backends.ModelBackend")

    def get(self, url: str, **data: Any) -> Any:
        """A page, with what it redirects to."""
        return self.browser.get(url, data, follow=True)

    def post(self, view: str, *path: Any, **data: Any) -> Any:
        """A form, with what it redirects to."""
        return self.browser.post(reverse(view, args=path), data, follow=True)

    def add(self, product: Any, quantity: int = 1) -> None:
        """Put a product into the basket."""
        self.post("basket:add", product.pk, quantity=quantity)

    def check_out(self, email: str = "", country: str = "GB") -> Any:
        """Every page from the basket to the thanks; `email` is a guest's. Returns the last page."""
        if email:
            self.post("checkout:index", username=email, options="anonymous")
        payment = self.post("checkout:shipping-address", **ADDRESS, country=country, postcode=POSTCODES[country])
        assert payment.request["PATH_INFO"] == reverse("checkout:payment-details"), payment.redirect_chain
        assert self.get(reverse("checkout:preview")).status_code == 200
        return self.post("checkout:preview", action="place_order")

    def buy(self, product: Any, quantity: int = 1, email: str = "", country: str = "GB") -> Any:
        """From the product to the order."""
        self.add(product, quantity)
        thanks = self.check_out(email, country)
        assert thanks.request["PATH_INFO"] == reverse("checkout:thank-you"), thanks.redirect_chain
        return Order.objects.get(pk=thanks.context["order"].pk)
