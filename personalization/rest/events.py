"""`events/`: what visitors do, told by the front in batches."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication

from personalization.collecting.batch import MOST_BYTES, Batch, read_batch
from personalization.collecting.taking import Taken, take
from personalization.collecting.wrong import CannotTake, TooLarge
from personalization.rest.event_limits import take_of_network, take_of_visitor
from personalization.rest.origins import is_allowed
from personalization.visitor.who import Visitor
from segmentation.rest.base.problems import Failed, Fault
from segmentation.rest.base.reading import body
from segmentation.rest.base.views import Manners, Request, Response

logger = logging.getLogger(__name__)

HEADER = "Regulars-Visitor"

MEDIA = ("application/json", "text/plain")
"""A beacon of plain text asks no other origin for leave first."""


class AsTheyAre(BaseAuthentication):
    """Whoever Django's session says, unasked until somebody needs to know; without an authenticator, DRF would forget it."""

    def authenticate(self, request: Request) -> tuple[Any, None]:
        """The lazy user of Django's request."""
        return getattr(request._request, "user", None), None


class EventsView(Manners):
    """A batch of at most 50 events and 64 kB, whosever the session or the visitor's token is.

    No CSRF token is asked, here alone of all that changes something: a beacon cannot carry one. The origin stands for it, and
    what is written is a count of what this very person did.
    """

    authentication_classes = [AsTheyAre]
    permission_classes = []
    most_bytes = MOST_BYTES

    def post(self, request: Request) -> Response:
        """202 once what could be taken is written."""
        self._check_sender(request)
        visitor: Visitor = request._request.visitor  # type: ignore[attr-defined]
        batch = self._batch(request, visitor)
        if visitor.key:
            take_of_visitor(visitor.key, len(batch.events), visitor.now)
        try:
            taken = take(batch, visitor)
        except DatabaseError as error:
            logger.exception("events could not be written")
            raise Failed(503, "unavailable", _("Nothing was taken; send it again.")) from error
        return Response(_said(taken), status=202, headers={"Cache-Control": "private, no-store"})

    def _check_sender(self, request: Request) -> None:
        asked = request._request
        own = f"{asked.scheme}://{asked.get_host()}"
        # A page of another origin can send a header of ours only where the shop's CORS lets it.
        if not is_allowed(request.headers, own) and not request.headers.get(HEADER):
            raise Failed(403, "origin", _("Events come from pages of the shop, or of an origin that it allows."))
        if request.content_type.partition(";")[0].strip().lower() not in MEDIA:
            raise Failed(415, "unsupported-media-type", _("Send application/json, or text/plain with JSON in it."))

    def _batch(self, request: Request, visitor: Visitor) -> Batch:
        """Whatever it is, it counts."""
        events = 0
        try:
            batch = read_batch(body(request, MOST_BYTES))
            events = len(batch.events)
            return batch
        except TooLarge as error:
            raise Failed(413, error.wrong.code, error.wrong.detail) from None
        except CannotTake as error:
            fault = Fault(error.wrong.pointer, error.wrong.detail, error.wrong.code)
            raise Failed(400, "no-batch", _("This is no batch of events."), (fault,)) from None
        finally:
            take_of_network(request._request, events, visitor.now)


def _said(taken: Taken) -> dict[str, Any]:
    failed = [{"pointer": wrong.pointer, "detail": wrong.detail, "code": wrong.code} for wrong in taken.failed]
    return {"accepted": taken.accepted, "repeated": taken.repeated, "failed": failed, "reason": taken.reason or None}
