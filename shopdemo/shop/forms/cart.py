"""Quantities and codes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from shopdemo.shop.flows.cart import MOST

LINE = re.compile(r"quantity-(\d{1,18})")


class QuantityForm(forms.Form):
    """So many of one product."""

    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=MOST, initial=1)


class CouponForm(forms.Form):
    """A code."""

    code = forms.CharField(
        label=_("Coupon code"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


def quantities_of(sent: Mapping[str, str]) -> dict[int, int]:
    """Line -> quantity, of what the cart's page sent; what is no number from 0 to `MOST` is left out."""
    found = {}
    for name in sent:
        line, text = LINE.fullmatch(name), sent[name].strip()
        if line and text.isascii() and text.isdigit() and len(text) <= 3:
            found[int(line[1])] = min(int(text), MOST)
    return found
