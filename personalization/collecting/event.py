"""One event: its shape, what each kind of it says, and what no event may."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.collecting.batch import UNREADABLE
from personalization.collecting.personal import is_email, personal_data
from personalization.collecting.wrong import CannotTake, Wrong, of_decoder
from personalization.conf import conf
from segmentation.activity import Kind

CLICK = "recommendation_click"
"""A product of a recommended list was opened: counted with the list, no deed of its own."""

SERVER_ONLY = frozenset(
    {"order", "ordered", "order_completed", "order_placed", "purchase", "purchased", "payment", "refund", "transaction"}
)
"""Whatever a browser says of these, the shop knows better."""

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=240)]
Long = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What a front may say. `id` is the sender's own name for it, so that what is sent twice is taken once."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.:-]{8,64}\Z")]
    kind: Annotated[str, msgspec.Meta(max_length=32)]
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    product: Text | None = None
    category: Text | None = None
    query: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    value: Decimal | None = None
    page: Long | None = None
    referrer: Long | None = None
    shown: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    place: Annotated[int, msgspec.Meta(ge=1, le=99)] | None = None


@dataclass(frozen=True, slots=True)
class Says:
    """What a kind takes beside id, kind and at. Of `needs` one is there at least, of `all_of` each."""

    takes: frozenset[str]
    needs: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()


_PRODUCT = Says(frozenset({"product", "category", "value"}), all_of=("product",))
OWN = Says(frozenset({"product", "category", "query", "value"}))
"""Of a shop's own kind."""

KINDS: Mapping[str, Says] = {
    Kind.VISIT: Says(frozenset({"page", "referrer"})),
    Kind.VIEW: Says(_PRODUCT.takes, needs=("product", "category")),
    Kind.SEARCH: Says(frozenset({"query", "category", "value"}), all_of=("query",)),
    Kind.ADD_TO_CART: _PRODUCT,
    Kind.REMOVE_FROM_CART: _PRODUCT,
    Kind.ADD_TO_WISHLIST: _PRODUCT,
    Kind.REMOVE_FROM_WISHLIST: _PRODUCT,
    Kind.CHECKOUT: Says(frozenset({"value"})),
    CLICK: Says(frozenset({"shown", "place"}), all_of=("shown", "place")),
}

FIELDS = tuple(name for name in Event.__struct_fields__ if name not in ("id", "kind", "at"))

PERSONAL: Mapping[str, Any] = {
    "email": gettext_lazy("This looks like an e-mail address; events hold no personal data."),
    "card": gettext_lazy("This looks like a card number; events hold no personal data."),
    "phone": gettext_lazy("This looks like a telephone number; events hold no personal data."),
}

MOST_VALUE = Decimal(10) ** 14

NO_IDS = re.compile(r"undefined|anonymous|(?:0|null|none|nan|test)+", re.IGNORECASE)
"""Ids that are everybody's: a mistake in the front would have all its events taken for one."""

_decoder = msgspec.json.Decoder(Event)


def read_event(raw: bytes) -> Event:
    """Raises CannotTake for what is no event, or says what its kind does not; pointers begin at the event."""
    try:
        event = _decoder.decode(raw)
    except UNREADABLE as error:
        raise CannotTake(of_decoder(error)) from None
    wrong = _wrong_kind(event) or _wrong_fields(event) or _wrong_value(event) or _personal(event)
    if wrong is not None:
        raise CannotTake(wrong)
    return event


def _wrong_kind(event: Event) -> Wrong | None:
    if NO_IDS.fullmatch(event.id):
        return Wrong("/id", _("An id names one event alone: use a UUID."), "invalid")
    if event.kind in KINDS or event.kind in conf.event_kinds:
        return None
    if event.kind in SERVER_ONLY:
        return Wrong("/kind", _("The shop itself tells what was ordered and paid."), "server-only")
    return Wrong("/kind", _("There is no such kind of event."), "unknown-kind")


def _wrong_fields(event: Event) -> Wrong | None:
    says = KINDS.get(event.kind, OWN)
    given = {name for name in FIELDS if getattr(event, name) is not None}
    for name in FIELDS:
        if name in given and name not in says.takes:
            return Wrong(f"/{name}", _("An event of this kind does not say that."), "unexpected-property")
    missing = [name for name in says.all_of if name not in given]
    if says.needs and given.isdisjoint(says.needs):
        missing.append(says.needs[0])
    return Wrong(f"/{missing[0]}", _("An event of this kind needs this."), "required") if missing else None


def _wrong_value(event: Event) -> Wrong | None:
    if event.value is None or (event.value.is_finite() and event.value.copy_abs() < MOST_VALUE):
        return None
    return Wrong("/value", _("This is no number that can be kept."), "invalid")


def _personal(event: Event) -> Wrong | None:
    for name in ("query", "category"):
        text = getattr(event, name)
        found = personal_data(text) if text else ""
        if found:
            return Wrong(f"/{name}", str(PERSONAL[found]), "personal-data")
    if event.product and is_email(event.product):
        return Wrong("/product", str(PERSONAL["email"]), "personal-data")
    return None
