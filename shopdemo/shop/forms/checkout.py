"""Where an order goes, and to whom the confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shopdemo.shop.countries import country_choices
from shopdemo.shop.flows.checkout import Destination
from shopdemo.shop.models import User


class AddressForm(forms.Form):
    """The address; a guest leaves an e-mail too. `total` is what the page beside it comes to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("For the confirmation and for questions about this order."),
    )
    name = forms.CharField(label=_("Full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    street = forms.CharField(
        label=_("Street and number"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=20, required=False, widget=forms.TextInput(attrs={"autocomplete": "postal-code"})
    )
    city = forms.CharField(
        label=_("Town or city"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    country = forms.ChoiceField(label=_("Country"), widget=forms.Select(attrs={"autocomplete": "country"}))

    total = forms.DecimalField(widget=forms.HiddenInput)

    def __init__(
        self,
        sent: Mapping[str, Any] | None = None,
        *,
        user: User | None,
        country: str = "",
        written: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(sent, initial={**_initial(user, country), **dict((written or {}).items())})
        choice = self.fields["country"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = country_choices()
        if user:
            del self.fields["email"]

    def clean_email(self) -> str:
        """In one spelling, as accounts are."""
        return User.objects.normalize_email(self.cleaned_data["email"])

    @property
    def destination(self) -> Destination:
        """Where a valid form sends it."""
        return Destination(**{name: value for name, value in self.cleaned_data.items() if name != "total"})

    @property
    def shown(self) -> Decimal:
        """The total beside which a valid form was sent."""
        total: Decimal = self.cleaned_data["total"]
        return total


def _initial(user: User | None, country: str) -> dict[str, str]:
    if user is None:
        return {"country": country}
    return {"name": user.get_full_name(), "city": user.city, "country": user.country or country}
