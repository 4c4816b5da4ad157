"""What they do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from segmentation.facts.custom import computed_fact
from segmentation.facts.days import from_days
from segmentation.facts.family import Family, FamilyWords, Words
from segmentation.kernel.columns import Column
from segmentation.kernel.moments import Calendar
from segmentation.rules.values import Kind

_OWNERS = {
    "customer": Words(_("customer")),
    "email": Words(_("e-mail")),
    "visitor": Words(_("visitor")),
}

WORDS = FamilyWords(
    Family.BEHAVIOURAL,
    _("Behavioural"),
    _("What customers do: when they joined, when and how they order, what lies in their carts, what they look at."),
    {
        "customer.joined_at": Words(_("joining date"), _("When the customer opened the account.")),
        "orders.order_id": Words(_("order number")),
        "orders.customer": _OWNERS["customer"],
        "orders.email": _OWNERS["email"],
        "orders.placed_at": Words(_("order date"), _("When the order was placed."), above=_("order date")),
        "orders.status": Words(_("status"), _("What has become of the order.")),
        "order_lines.order_id": Words(_("order number")),
        "order_lines.product_id": Words(_("product"), _("The product's code.")),
        "order_lines.quantity": Words(_("quantity"), _("How many pieces were ordered.")),
        "carts.cart_id": Words(_("cart number")),
        "carts.customer": _OWNERS["customer"],
        "carts.email": _OWNERS["email"],
        "carts.visitor": _OWNERS["visitor"],
        "carts.updated_at": Words(_("date of change"), _("When something last changed in the cart.")),
        "carts.created_at": Words(_("date of creation"), _("When the cart was begun.")),
        "carts.state": Words(_("state"), _("Open, ordered, or merged with another.")),
        "cart_lines.cart_id": Words(_("cart number")),
        "cart_lines.product_id": Words(_("product"), _("The product's code.")),
        "cart_lines.quantity": Words(_("quantity"), _("How many pieces lie in the cart.")),
        "refunds.customer": _OWNERS["customer"],
        "refunds.email": _OWNERS["email"],
        "refunds.order_id": Words(_("order number")),
        "refunds.at": Words(_("date"), _("When the money was given back.")),
        "spend.at": Words(_("date"), _("When the order was placed or the money given back.")),
        "events.kind": Words(_("kind"), _("What was done, such as a view or a search.")),
        "events.at": Words(_("date"), _("When it was done.")),
        "events.customer": _OWNERS["customer"],
        "events.visitor": _OWNERS["visitor"],
        "events.product_id": Words(_("product"), _("The code of the product that it was about.")),
        "events.category": Words(_("category"), _("The category of products that it was about.")),
        "events.query": Words(_("search words")),
        "events.value": Words(_("value"), _("A number that the shop keeps with it.")),
        "events.hour": Words(_("hour"), _("The hour of the day, 0 to 23, where the customer was.")),
    },
)


@computed_fact(
    "customer.tenure_days",
    kind=Kind.NUMBER,
    inputs=["customer.joined_at"],
    label=_("days since joining"),
    help=_("Whole days since the joining date, today in the shop's time zone."),
    family=Family.BEHAVIOURAL,
)
def tenure_days(columns: Mapping[str, Column], now: datetime, calendar: Calendar) -> Column:
    """0 on the day of joining; none before."""
    today = calendar.today(now).toordinal() - date(1970, 1, 1).toordinal()
    return from_days(columns["customer.joined_at"], calendar, lambda joined: today - joined)
