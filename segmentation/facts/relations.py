"""What relations are called, and how a column is called from the rows below it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_RELATIONS: dict[str, str | Promise] = {
    "customers": _("customers"),
    "orders": _("orders"),
    "order_lines": _("order lines"),
    "products": _("products"),
    "refunds": _("refunds"),
    "spend": _("orders less refunds"),
    "carts": _("carts"),
    "cart_lines": _("cart lines"),
    "wishlist_items": _("wishlist items"),
    "events": _("events"),
}

_ABOVE = {
    "order": _("order {column}"),
    "product": _("product {column}"),
    "cart": _("cart {column}"),
}
"""Path to the row above -> what its columns are called: a template, since a language may put the words in another order."""


def relation_label(name: str) -> str | Promise:
    """The rows of a relation as a plural; a shop's own relation is called by its name."""
    return _RELATIONS.get(name, spaced(name))


def label_above(path: str, label: str | Promise) -> str | Promise:
    """A column of the row above, which is called `label` there: "category" of a line's product is "product category"."""
    return format_lazy(_ABOVE.get(path, f"{spaced(path)} {{column}}"), column=label)


def spaced(name: str) -> str:
    """A name in words, for what nobody gave any: "shoe_size" is "shoe size"."""
    return name.replace("_", " ").replace(".", " ")
