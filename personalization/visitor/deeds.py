"""What somebody did in one request, written down after the response was sent."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, replace

from personalization.visitor.who import Visitor
from segmentation.activity import Deed, Kind, record_many

logger = logging.getLogger(__name__)


def write_deeds(visitor: Visitor) -> None:
    """All at once, of somebody who agreed. Never raises: nobody waits for the answer any more."""
    try:
        if visitor.key and visitor.may_follow and not visitor.is_bot:
            record_many(named(visitor, visitor.deeds), now=visitor.now)
    except Exception:
        logger.exception("%d deeds of a visitor could not be written", len(visitor.deeds))


def named(visitor: Visitor, deeds: Sequence[Deed]) -> list[Deed]:
    """The same with who did them, where, with what, and how they came."""
    # A customer's deeds are the account's, whatever becomes of the browser.
    customer = visitor.customer
    visitor_id = "" if customer else visitor.visitor_id
    context = visitor.context
    arrived = replace(context, **asdict(visitor.arrival)) if any(deed.kind == Kind.VISIT for deed in deeds) else context
    return [
        replace(deed, customer=customer, visitor=visitor_id, context=arrived if deed.kind == Kind.VISIT else context)
        for deed in deeds
    ]
