"""Lists that a page shows: noted while it is made, written after the response was sent."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from personalization.conf import conf
from personalization.measure.tokens import token_of
from personalization.models import ShownList

logger = logging.getLogger(__name__)

MOST_SHOWN = 20
"""Lists of one request; more is a mistake of whoever shows them."""

MOST_PRODUCTS = 50


def note_shown(
    who: Any,
    *,
    strategy: str,
    version: int | None,
    products: Sequence[str],
    propensities: Sequence[float] = (),
    slot: str = "",
) -> str:
    """A page shows `who` (a request, or its visitor) these products by that strategy, in their order.

    Gives the token that the list stands under in the page, for `data-rg-shown`; "" where nothing is noted: of nobody in
    particular, as in a preview, and of an empty list. Asks no database. Never raises.
    """
    try:
        noted = getattr(getattr(who, "visitor", who), "shown", None)
        if not isinstance(noted, list) or not products or len(noted) >= MOST_SHOWN:
            return ""
        kept = [str(product) for product in products[:MOST_PRODUCTS]]
        chances = [round(float(chance), 4) for chance in propensities[: len(kept)]] or [1.0] * len(kept)
        row = ShownList(uid=uuid4(), strategy=strategy, slot=slot, version_id=version, products=kept, propensities=chances)
        noted.append(row)
        return token_of(row.uid)
    except Exception:
        logger.exception("a shown list could not be noted")
        return ""


def write_shown(noted: Sequence[ShownList], *, person: str, now: datetime) -> None:
    """All lists of a request in one insert. `person` is the profile key of somebody who may be followed, else "".

    Never raises: nobody waits for the answer any more.
    """
    try:
        for row in noted:
            row.shop, row.at, row.person, row.size = conf.shop, now, person, len(row.products)
        ShownList.objects.bulk_create(noted)
    except Exception:
        logger.exception("%d shown lists could not be written", len(noted))
