"""A batch of events as a front sends it. Nothing of a single event is looked at here."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from django.utils.translation import gettext as _

from personalization.collecting.wrong import CannotTake, TooLarge, Wrong, of_decoder

MOST_BYTES = 64 * 1024
"""Browsers send no larger beacon."""

MOST_EVENTS = 50

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ArithmeticError)
"""What a decoder raises for bytes that are no JSON, or none of the shape."""


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sent_at` is the sender's clock as it sent them; each event is left as bytes."""

    events: list[msgspec.Raw]
    sent_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


_decoder = msgspec.json.Decoder(Batch)


def read_batch(body: bytes) -> Batch:
    """Raises TooLarge for more bytes or events than a batch may have, CannotTake for what is no batch."""
    if len(body) > MOST_BYTES:
        raise TooLarge(Wrong("", _("A batch has %(most)d bytes at most.") % {"most": MOST_BYTES}, "too-large"))
    try:
        batch = _decoder.decode(body)
    except UNREADABLE as error:
        raise CannotTake(of_decoder(error)) from None
    if len(batch.events) > MOST_EVENTS:
        raise TooLarge(Wrong("/events", _("A batch has %(most)d events at most.") % {"most": MOST_EVENTS}, "too-many-events"))
    return batch
